import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  path: string;
  range: string | undefined;
  authorization: string | undefined;
  body: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A bare HTTP server on loopback that notes every request and answers as the test says. */
export async function startLinkServer(answer: Answer) {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const noted = await note(request);
    seen.push(noted);
    await answer(noted, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Answers a whole file or the range `bytes=N-[M]` of it. */
export function sendFile(content: Buffer, { range }: SeenRequest, response: ServerResponse): void {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!match) {
    response.writeHead(200, { 'content-length': content.length, 'accept-ranges': 'bytes' }).end(content);
    return;
  }
  const first = Number(match[1]);
  if (first >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const part = content.subarray(first, match[2] ? Number(match[2]) + 1 : undefined);
  const contentRange = `bytes ${first}-${first + part.length - 1}/${content.length}`;
  response.writeHead(206, { 'content-length': part.length, 'content-range': contentRange }).end(part);
}

export function sendProblem(response: ServerResponse, status: number, problem: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status, ...problem }));
}

async function note(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method!,
    path: request.url!,
    range: request.headers.range,
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString(),
  };
}
