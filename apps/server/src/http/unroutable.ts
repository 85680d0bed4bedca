import { problemOf } from '@paddock/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { refusalOf, sendProblem } from './problem-filter.js';
import { endWithProblem } from './raw-problem.js';
import type { Runtime } from './runtime.js';

/** Of one part of an address, in characters. */
export const LONGEST_PART = 2048;

const STATUS: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Requests that reach no route (addresses that cannot be decoded, what is no HTTP at all) are refused as all others are. */
export function unroutable(runtime: Runtime) {
  return {
    frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
      reply.header('x-request-id', request.id);
      sendProblem(reply, problemFor(error, request.id));
    },
    clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      const statusCode = STATUS[error.code ?? ''] ?? 400;
      const problem = problemFor(Object.assign(new Error(), { statusCode }), randomUUID());
      endWithProblem(socket, problem);
    },
  };

  function problemFor(error: Error, requestId: string) {
    const { code, detail, facts } = refusalOf(error);
    return problemOf(code, detail, facts, { publicUrl: runtime.publicUrl, requestId });
  }
}
