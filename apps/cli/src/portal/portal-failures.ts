import * as z from 'zod';
import { CliFailure, EXIT } from '../cli-failure.js';

/** RFC 9457, as far as a terminal shows it. */
const Problem = z.object({ code: z.string(), detail: z.string(), remedy: z.string().default('') });

/** The portal said no, and why. */
export class PortalRefusal extends CliFailure {
  constructor(
    readonly status: number,
    code: string,
    detail: string,
    remedy: string,
  ) {
    super(code, detail, remedy, EXIT.refusedByPortal);
  }
}

/** The connection or the server failed in a way that may pass. */
export class PortalUnreachable extends CliFailure {
  constructor(url: URL, reason: string, options?: ErrorOptions) {
    const remedy = 'Check the address (--portal or PADDOCK_URL) and run the same command again: it continues where it stopped.';
    super('portal-unreachable', `${url.origin}: ${reason}`, remedy, EXIT.network, options);
  }
}

/** Turns an answer of status 300 or more into the failure that it stands for. */
export function failureOf(url: URL, status: number, body: string): PortalRefusal | PortalUnreachable {
  const problem = Problem.safeParse(parsed(body));
  if (status >= 500 || status === 429) return new PortalUnreachable(url, problem.data?.detail ?? `the server answered ${status}`);
  if (problem.success) return new PortalRefusal(status, problem.data.code, problem.data.detail, problem.data.remedy);
  const remedy = 'Check that --portal or PADDOCK_URL is the public address of a Paddock portal.';
  return new PortalRefusal(status, 'unexpected-answer', `${url.origin} answered ${status} without saying why`, remedy);
}

/** The JSON in a text, or undefined. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What happened to a connection; fetch() hides it in `cause`. */
export function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
