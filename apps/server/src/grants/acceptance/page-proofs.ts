import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';

const HOURS = 24;

const Proven = z.strictObject({ template: z.string(), build: z.string(), session: z.string(), at: z.int() });
/** What a page was made of: the SHA-256 of its template, and of everything that it loads. */
export type PageBuild = Pick<z.infer<typeof Proven>, 'template' | 'build'>;

/**
 * That the portal served its page to a session, and made of what: the page hands it back when it asks for a presentation.
 * It proves what was served; what the person saw of it only their browser knows.
 */
@Injectable()
export class PageProofs {
  constructor(private readonly runtime: Runtime) {}

  /** undefined for whoever has no session: they sign in and load the page again. */
  issue(actor: Actor, { template, build }: PageBuild): string | undefined {
    if (!actor.session) return undefined;
    const proven = { template, build, session: actor.session.id, at: this.runtime.now().getTime() };
    const text = Buffer.from(JSON.stringify(proven)).toString('base64url');
    return `${text}.${macOf(this.runtime.keys.current('page-proofs').key, text).toString('base64url')}`;
  }

  /** Throws unless this session was served the page within a day. */
  async check(actor: Actor, proof: string): Promise<PageBuild> {
    const [text = '', mac = ''] = proof.split('.');
    const given = Buffer.from(mac, 'base64url');
    await this.runtime.keys.fresh();
    await this.runtime.keys.opened('page-proofs', (key) => {
      const expected = macOf(key, text);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw foreign();
    });
    const { template, build, session, at } = Proven.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (session !== actor.session?.id || at < this.runtime.now().getTime() - HOURS * 3_600_000) throw foreign();
    return { template, build };
  }
}

function macOf(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function foreign(): Refusal {
  return new Refusal('page-token', 'Its proof is another session’s, or older than a day.');
}
