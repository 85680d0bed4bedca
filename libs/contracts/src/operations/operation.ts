import { z } from 'zod';

/** Whom a route allows: anyone, a signed-in person, or a token's scope (which a session has anyway). */
type Allowed = 'anyone' | 'person' | 'read' | 'request' | 'download' | 'publish' | 'audit';

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the origin, parameters in braces. */
  path: string;
  summary: string;
  allow: Allowed;
  status: 200 | 201 | 204;
  query?: z.ZodType;
  body?: z.ZodType;
  /** JSON that is answered; absent where nothing or something else is. */
  answer?: z.ZodType;
}

export const get = (path: string, summary: string, allow: Allowed, answer: z.ZodType, query?: z.ZodType): Operation => ({
  method: 'get',
  path,
  summary,
  allow,
  status: 200,
  answer,
  ...(query && { query }),
});
export const post = (
  path: string,
  summary: string,
  allow: Allowed,
  body: z.ZodType | undefined,
  answer: z.ZodType,
  status: 200 | 201 = 201,
): Operation => ({ method: 'post', path, summary, allow, status, answer, ...(body && { body }) });
export const patch = (path: string, summary: string, allow: Allowed, body: z.ZodType, answer: z.ZodType): Operation => ({
  method: 'patch',
  path,
  summary,
  allow,
  status: 200,
  body,
  answer,
});
export const remove = (path: string, summary: string, allow: Allowed): Operation => ({
  method: 'delete',
  path,
  summary,
  allow,
  status: 204,
});

export const State = z.strictObject({ state: z.string() });
export const RELEASE = '/api/v1/models/{model}/releases/{release}';
