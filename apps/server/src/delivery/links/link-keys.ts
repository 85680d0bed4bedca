import { Injectable } from '@nestjs/common';
import { signLink, verifyLink, type LinkKeys as KeyRing, type LinkQuery, type LinkVerdict } from '@paddock/delivery';
import { createSecretKey } from 'node:crypto';
import { Runtime } from '../../http/runtime.js';

const CURRENT = '1';

/** The keys that sign links, derived from the master secret. */
@Injectable()
export class LinkKeys {
  private readonly ring: KeyRing;

  constructor(private readonly runtime: Runtime) {
    this.ring = new Map([[CURRENT, createSecretKey(runtime.keys.derive('links'))]]);
  }

  url(link: string, path: string, expiresAt: Date): string {
    return this.runtime.publicUrl + signLink({ link, path }, expiresAt, CURRENT, this.ring);
  }

  verify(link: string, path: string, query: LinkQuery): LinkVerdict {
    return verifyLink({ link, path }, query, this.ring, this.runtime.now());
  }
}
