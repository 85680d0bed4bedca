import type { Problem } from '@paddock/contracts';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** How long a client has to read why it is refused, before its connection is ended whatever it does. */
const LINGER_MS = 1000;

/** A problem for a connection on which no request can be answered any more, or none is read. */
export function endWithProblem(socket: Socket, problem: Problem): void {
  const body = JSON.stringify(problem);
  const { retryAfter } = problem as { retryAfter?: number };
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${problem.requestId}`,
    ...(retryAfter === undefined ? [] : [`retry-after: ${retryAfter}`]),
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // What is not read would make the system reset the connection, and the answer be lost.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
