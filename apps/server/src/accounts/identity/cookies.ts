import type { FastifyReply, FastifyRequest } from 'fastify';

/** The session; the way to a provider and back; an identity that was proved and waits. */
export type CookieName = 'paddock-session' | 'paddock-sign-in' | 'paddock-identity';

/** `__Host-` binds the cookie to this host over TLS; browsers refuse the prefix without Secure. */
const nameAt = (publicUrl: string, name: CookieName) => (publicUrl.startsWith('https:') ? `__Host-${name}` : name);

const attributes = (publicUrl: string) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: publicUrl.startsWith('https:'),
  path: '/',
});

export function readCookie(request: FastifyRequest, publicUrl: string, name: CookieName): string | undefined {
  return request.cookies[nameAt(publicUrl, name)];
}

export function setCookie(reply: FastifyReply, publicUrl: string, name: CookieName, secret: string, expires: Date): void {
  reply.setCookie(nameAt(publicUrl, name), secret, { ...attributes(publicUrl), expires });
}

export function clearCookie(reply: FastifyReply, publicUrl: string, name: CookieName): void {
  reply.clearCookie(nameAt(publicUrl, name), attributes(publicUrl));
}
