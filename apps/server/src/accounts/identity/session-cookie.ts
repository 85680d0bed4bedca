import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` binds the cookie to this host over TLS; browsers refuse the prefix without Secure. */
const nameAt = (publicUrl: string) => (publicUrl.startsWith('https:') ? '__Host-paddock-session' : 'paddock-session');

export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  return request.cookies[nameAt(publicUrl)];
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, secret: string, expires: Date): void {
  reply.setCookie(nameAt(publicUrl), secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    expires,
  });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(nameAt(publicUrl), { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), path: '/' });
}
