import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressGuard } from './address-guard.js';
import { CaptureFailure } from './capture-failure.js';
import type { Exchange } from './exchange.js';
import { failureOf } from './failure-of.js';
import { MAX_HEAD, tooLarge, watchedConnection } from './watched-connection.js';

/** All that a source is told, beside its own name. No cookie, no credential, no referrer; no coding is asked for. */
const SAID = {
  'User-Agent': 'Paddock (policy capture)',
  Accept: 'text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.9,*/*;q=0.5',
  Connection: 'close',
};

export interface Hop {
  guard: AddressGuard;
  now(): Date;
  maxBytes: number;
  /** Ends the hop: the deadline of the whole capture, or the caller. */
  signal: AbortSignal;
  deadline: AbortSignal;
}

/** One request on a connection of its own, to an address that the guard let through. @throws CaptureFailure */
export async function exchangeWith(url: URL, hop: Hop): Promise<Exchange> {
  const refusal = hop.guard.refusalOf(url);
  if (refusal) throw new CaptureFailure(url.origin, 'address-refused', `not asked, for ${refusal}`);
  const headers = Object.entries({ Host: url.host, ...SAID });
  const startedAt = hop.now();
  let responded = false;
  try {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { guard, signal } = hop;
    const request = send(url, { agent: false, headers: headers.flat(), lookup: guard.lookup, maxHeaderSize: MAX_HEAD, signal });
    const connection = watchedConnection(request, hop.maxBytes);
    const { response, interim } = await responseTo(request);
    responded = true;
    const body = await bodyOf(response, hop.maxBytes);
    return {
      url: url.href,
      startedAt,
      address: connection.address,
      requestHead: headOf(`GET ${url.pathname}${url.search} HTTP/1.1`, headers),
      response: lastMessage(Buffer.concat(connection.received), interim),
      statusLine: `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage}`,
      status: response.statusCode!,
      rawHeaders: pairs(response.rawHeaders),
      body,
      tls: connection.tls,
    };
  } catch (error) {
    throw failureOf(url, error, { responded, timedOut: hop.deadline.aborted, canceled: hop.signal.aborted });
  }
}

function responseTo(request: ClientRequest): Promise<{ response: IncomingMessage; interim: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ response: IncomingMessage; interim: number }>();
  let interim = 0;
  request.on('information', () => interim++);
  request.once('response', (response) => resolve({ response, interim }));
  request.on('error', reject);
  request.end();
  return promise;
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headOf(requestLine: string, headers: [string, string][]): string {
  return [requestLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

/** Interim responses (RFC 9110, section 15.2) precede the one that answers; each is a head and nothing else. */
function lastMessage(received: Buffer, interim: number): Buffer {
  let start = 0;
  for (let left = interim; left > 0; left--) start = received.indexOf('\r\n\r\n', start) + 4;
  return received.subarray(start);
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1]!]] : []));
}
