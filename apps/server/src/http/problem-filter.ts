import { Catch, HttpException, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problemOf, type Problem } from '@paddock/contracts';
import { AdapterFailure, Refusal } from '@paddock/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfDatabase } from '../database/failure.js';

/** The one renderer of failures on HTTP: RFC 9457 problem details, whatever went wrong. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly publicUrl: () => string) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const context = host.switchToHttp();
    const request = context.getRequest<FastifyRequest>();
    const reply = context.getResponse<FastifyReply>();
    if (reply.raw.headersSent || reply.sent) {
      reply.raw.destroy();
      return;
    }
    const refusal = refusalOf(error);
    if (refusal.code === 'internal-error') this.logger.error({ requestId: request.id, error });
    sendProblem(reply, problemOf(refusal.code, refusal.detail, refusal.facts, { publicUrl: this.publicUrl(), requestId: request.id }));
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  const { retryAfter } = problem as { retryAfter?: number };
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="paddock"');
  reply.code(problem.status).header('content-type', 'application/problem+json').header('cache-control', 'no-store');
  // As bytes: to text Fastify would add a charset, which the media type does not have.
  reply.send(Buffer.from(JSON.stringify(problem)));
}

/** Every error as the refusal that a client is told: bugs without any detail. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AdapterFailure) return refusalOfAdapter(error);
  return refusalOfHttp(error) ?? refusalOfDatabase(error) ?? new Refusal('internal-error', 'The request could not be finished.');
}

/** Of a file system, and of S3 servers with a quota. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'QuotaExceeded', 'InsufficientCapacity']);

function refusalOfAdapter({ adapter, cause }: AdapterFailure): Refusal {
  const { code, name } = (cause ?? {}) as { code?: string; name?: string };
  if (FULL.has(code ?? '') || FULL.has(name ?? ''))
    return new Refusal('storage-full', `The ${adapter} has no room left.`, { retryAfter: 60 });
  return new Refusal('unavailable', `The ${adapter} does not answer.`, { retryAfter: 2 });
}

const BY_STATUS: Readonly<Record<number, [ConstructorParameters<typeof Refusal>[0], string]>> = {
  400: ['malformed-request', 'The request or its body cannot be parsed.'],
  404: ['not-found', 'There is no such address.'],
  405: ['not-found', 'There is no such method at this address.'],
  408: ['malformed-request', 'The request took too long to arrive.'],
  413: ['body-too-large', 'The body is larger than this route takes.'],
  414: ['malformed-request', 'The address is too long.'],
  415: ['unsupported-media-type', 'This route does not take that media type.'],
  431: ['malformed-request', 'The headers are too large.'],
};

/** Fastify's and Nest's own errors carry an HTTP status. */
function refusalOfHttp(error: unknown): Refusal | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  const known = status === undefined ? undefined : BY_STATUS[status];
  return known && new Refusal(known[0], known[1]);
}
