import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyReply } from 'fastify';
import { PageProofs, type PageBuild } from '../grants/acceptance/page-proofs.js';
import type { Actor } from '../http/actor.js';
import { codingFor, PackedAsset } from './packed-asset.js';

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
const PLACES = ['style-nonce', 'caller', 'page-proof'] as const;
const place = (name: (typeof PLACES)[number], content: string) => `<meta name="${name}" content="${content}" />`;
for (const name of PLACES) if (!SHELL.includes(place(name, ''))) throw new Error(`The shell of the pages has no place for ${name}.`);

const sha256 = (parts: readonly (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const bytesOf = (name: string) => readFileSync(new URL(`assets/${name}`, DIST));

/** What every page is made of: its shell, and all that the shell may load. What differs between two people is no part of it. */
const WEB_APP: PageBuild = { template: sha256([SHELL]), build: sha256([...ASSETS].sort().map(bytesOf)) };

const packed = new Map<string, PackedAsset>();

/** Names hold a hash of the bytes, so that a browser asks once. */
export function sendAsset(reply: FastifyReply, name: string, accepted: string | undefined): Buffer {
  if (!ASSETS.has(name)) throw new Refusal('not-found', 'There is no such file.');
  const asset = packed.get(name) ?? new PackedAsset(bytesOf(name));
  packed.set(name, asset);
  const coding = codingFor(accepted);
  reply.header('content-type', TYPES[extname(name)]).header('cache-control', 'public, max-age=31536000, immutable');
  reply.header('vary', 'accept-encoding');
  if (coding !== 'identity') reply.header('content-encoding', coding);
  return asset.as(coding);
}

/** The page's shell, which is the same for every page but for what this answer alone carries. */
@Injectable()
export class WebApp {
  constructor(private readonly proofs: PageProofs) {}

  /**
   * Its style elements are applied by a nonce of this answer; scripts come from our own files only. It says whether anybody is
   * signed in, so that a visitor's page need not ask, and carries the proof that it was served to this session.
   */
  sendShell(reply: FastifyReply, actor: Actor): string {
    const nonce = randomBytes(18).toString('base64');
    const policy = String(reply.getHeader('content-security-policy')).replace(/style-src [^;]+/, `style-src 'self' 'nonce-${nonce}'`);
    reply.header('content-security-policy', policy);
    reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'private, no-store');
    const contents = { 'style-nonce': nonce, caller: actor.via, 'page-proof': this.proofs.issue(actor, WEB_APP) ?? '' };
    return PLACES.reduce((shell, name) => shell.replace(place(name, ''), place(name, contents[name])), SHELL);
  }
}
