import { request as requestHttp, type ClientRequest } from 'node:http';
import { request as requestHttps } from 'node:https';
import { PortalUnreachable } from '../portal/portal-failures.js';
import type { HashingReader } from './hashing-reader.js';

/** Measured on loopback: 512 KiB in two buffers is faster than 128 KiB, 1 MiB or 4 MiB, and than four buffers. */
const CHUNK = 512 * 1024;
const LONGEST_SILENCE_MS = 120_000;

export interface SendTarget {
  url: URL;
  authorization: string;
  /** Where the portal's copy ends, in bytes. */
  offset: number;
}

export interface Answer {
  status: number;
  text: string;
}

/**
 * Sends a file from an offset to its end as one PATCH and returns the answer.
 * It stops sending as soon as the portal answers. `onSent` is called with byte counts as they leave.
 * @throws PortalUnreachable when the connection breaks
 */
export async function sendFile(target: SendTarget, reader: HashingReader, onSent: (bytes: number) => void): Promise<Answer> {
  const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
  await reader.hashUpTo(target.offset, buffers[0]!);
  const request = openRequest(target, reader.file.size - target.offset);
  const answer = answerOf(request, target.url);
  let answered = false;
  let wake = () => {};
  const stop = () => {
    answered = true;
    wake();
  };
  answer.then(stop, stop);
  const sent: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
  try {
    for (let offset = target.offset, slot = 0; offset < reader.file.size; slot = 1 - slot) {
      // Writes that were queued before a connection failed never report back, so the answer ends the wait too.
      await new Promise<void>((resolve) => {
        wake = resolve;
        void sent[slot]!.then(resolve);
      });
      if (answered) return await answer;
      const bytes = reader.read(buffers[slot]!, offset);
      sent[slot] = new Promise((resolve) => request.write(bytes, () => resolve()));
      offset += bytes.length;
      onSent(bytes.length);
    }
    request.end();
    return await answer;
  } finally {
    request.destroy();
  }
}

function openRequest({ url, authorization, offset }: SendTarget, length: number): ClientRequest {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return request(url, {
    method: 'PATCH',
    // A connection that was kept alive may be closed by the portal just as it is used again.
    agent: false,
    timeout: LONGEST_SILENCE_MS,
    headers: {
      authorization,
      accept: 'application/json',
      'content-type': 'application/octet-stream',
      'content-length': length,
      'upload-offset': offset,
    },
  });
}

function answerOf(request: ClientRequest, url: URL): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const lost = (cause: Error) => reject(new PortalUnreachable(url, cause.message || 'the connection broke off', { cause }));
    request.on('timeout', () => request.destroy(new Error('nothing moved for two minutes')));
    request.on('error', lost);
    request.on('close', () => lost(new Error('the connection was closed without an answer')));
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', lost);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
  });
}
