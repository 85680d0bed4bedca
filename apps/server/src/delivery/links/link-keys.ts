import { Injectable } from '@nestjs/common';
import { signLink, verifyLink, type LinkKeys as SigningKeys, type LinkQuery, type LinkVerdict } from '@paddock/delivery';
import { createSecretKey, type KeyObject } from 'node:crypto';
import { Runtime } from '../../http/runtime.js';

const GENERATION = /^[1-9]\d{0,8}$/;

/** The keys that sign links. A key's id in a link is its generation. */
@Injectable()
export class LinkKeys {
  private made: { of: readonly unknown[]; keys: Map<string, KeyObject> } = { of: [], keys: new Map() };

  constructor(private readonly runtime: Runtime) {}

  url(link: string, path: string, expiresAt: Date): string {
    const { n } = this.runtime.keys.current('links');
    return this.runtime.publicUrl + signLink({ link, path }, expiresAt, String(n), this.known);
  }

  /** A key that another process made a moment ago is read before a link is refused. */
  async verify(link: string, path: string, query: LinkQuery): Promise<LinkVerdict> {
    await this.runtime.keys.fresh();
    if (GENERATION.test(query.k ?? '') && Number(query.k) > this.runtime.keys.current('links').n) await this.runtime.keys.refresh();
    return verifyLink({ link, path }, query, this.known, this.runtime.now());
  }

  /** Of generations that stay the same until the keys are read again: a KeyObject signs faster than bytes. */
  private get known(): SigningKeys {
    const of = this.runtime.keys.all('links');
    if (this.made.of !== of) this.made = { of, keys: new Map(of.map(({ n, key }) => [String(n), createSecretKey(key)])) };
    return this.made.keys;
  }
}
