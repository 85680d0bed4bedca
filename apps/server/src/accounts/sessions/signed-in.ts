import type { FastifyReply } from 'fastify';
import { setCookie } from '../identity/cookies.js';
import type { OpenedSession } from './sessions.service.js';

/** Sets the cookie, and returns what the client is told. */
export function answerSignedIn(reply: FastifyReply, publicUrl: string, { secret, state, methods, expiresAt }: OpenedSession) {
  setCookie(reply, publicUrl, 'paddock-session', secret, expiresAt);
  return { state, expiresAt: expiresAt.toISOString(), ...(methods.length > 0 && { methods }) };
}
