import { Refusal } from '@paddock/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../http/actor.js';

const DIST = new URL('../../../web/dist/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The files that the web app's build wrote, by name. Only what was there at start can be asked for. */
const ASSETS: ReadonlySet<string> = new Set(readdirSync(new URL('assets/', DIST)).filter((name) => extname(name) in TYPES));
const SHELL = readFileSync(new URL('index.html', DIST), 'utf8');
const PLACES = ['style-nonce', 'caller'] as const;
const place = (name: (typeof PLACES)[number], content: string) => `<meta name="${name}" content="${content}" />`;
for (const name of PLACES) if (!SHELL.includes(place(name, ''))) throw new Error(`The shell of the pages has no place for ${name}.`);

/** Names hold a hash of the bytes, so that a browser asks once. */
export function sendAsset(reply: FastifyReply, name: string): Buffer {
  if (!ASSETS.has(name)) throw new Refusal('not-found', 'There is no such file.');
  reply.header('content-type', TYPES[extname(name)]).header('cache-control', 'public, max-age=31536000, immutable');
  return readFileSync(new URL(`assets/${name}`, DIST));
}

/**
 * The page's shell. Its style elements are applied by a nonce of this answer alone; scripts come from our own files only.
 * It says whether anybody is signed in, so that a visitor's page need not ask.
 */
export function sendShell(reply: FastifyReply, { via }: Actor): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = String(reply.getHeader('content-security-policy')).replace(/style-src [^;]+/, `style-src 'self' 'nonce-${nonce}'`);
  reply.header('content-security-policy', policy);
  reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'private, no-store');
  return SHELL.replace(place('style-nonce', ''), place('style-nonce', nonce)).replace(place('caller', ''), place('caller', via));
}
