import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { DataSource, type EntityManager } from 'typeorm';
import { renderSVG } from 'uqr';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { sealJson, unsealJson } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import { refuseUnlessSignedInRecently } from '../sessions/recent-sign-in.js';

/** Clocks differ: the step before and the one after are taken too (RFC 6238, section 5.2). */
const STEPS_OFF = 1;
const SECRET_BYTES = 20;

interface TotpRow {
  id: string;
  secret: Buffer;
}

/** Time-based one-time codes (RFC 6238). The secret is sealed; a code of one time step is taken once. */
@Injectable()
export class TotpService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  /** A secret that counts once its first code is given; beginning again replaces it. */
  async begin(actor: PersonActor) {
    return this.database.transaction(async (tx) => {
      await refuseUnlessSignedInRecently(tx, actor);
      const secret = new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer });
      const { n, key } = await this.runtime.keys.toSeal(tx, 'totp-secrets');
      const inserted = await tx.query<unknown[]>(
        `INSERT INTO totp AS t (id, account_id, secret, key_n) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, key_n = excluded.key_n, created_at = now() WHERE t.confirmed_at IS NULL RETURNING id`,
        [uuidv7(), actor.account, sealJson(key, secret.base32, actor.account), n],
      );
      if (inserted.length === 0) throw new Refusal('factor-exists', 'Time-based codes are set up already.');
      const [person] = await tx.query<{ email: string }[]>('SELECT email FROM person WHERE account_id = $1', [actor.account]);
      const uri = new TOTP({ issuer: new URL(this.runtime.publicUrl).host, label: person!.email, secret }).toString();
      return { state: 'unconfirmed', secret: secret.base32, uri, qr: renderSVG(uri) };
    });
  }

  /** Returns the factor's id. */
  async confirm(tx: EntityManager, account: string, code: string): Promise<string> {
    const [row] = await tx.query<TotpRow[]>('SELECT id, secret FROM totp WHERE account_id = $1 AND confirmed_at IS NULL', [account]);
    if (!row) throw new Refusal('factor-missing', 'No time-based codes wait for their first one.');
    if (!(await this.take(tx, account, row, code))) throw new Refusal('bad-second-factor', 'This is not the code of this moment.');
    await tx.query('UPDATE totp SET confirmed_at = now() WHERE id = $1', [row.id]);
    return row.id;
  }

  /** Whether the code is right, and not one that was taken before. */
  async use(tx: EntityManager, account: string, code: string): Promise<boolean> {
    const [row] = await tx.query<TotpRow[]>('SELECT id, secret FROM totp WHERE account_id = $1 AND confirmed_at IS NOT NULL', [account]);
    return row !== undefined && this.take(tx, account, row, code);
  }

  private async take(tx: EntityManager, account: string, row: TotpRow, code: string): Promise<boolean> {
    const token = code.replaceAll(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return false;
    const text = await this.runtime.keys.opened('totp-secrets', (key) => unsealJson<string>(key, row.secret, account));
    const secret = Secret.fromBase32(text);
    const timestamp = this.runtime.now().getTime();
    const off = TOTP.validate({ token, secret, timestamp, window: STEPS_OFF });
    if (off === null) return false;
    const [, taken] = await tx.query<[unknown[], number]>(
      'UPDATE totp SET last_step = $2, last_used_at = now() WHERE id = $1 AND last_step < $2',
      [row.id, TOTP.counter({ timestamp }) + off],
    );
    return taken === 1;
  }
}
