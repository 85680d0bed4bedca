import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@paddock/ledger';
import { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { Runtime } from '../../http/runtime.js';

/** Keys of the list begin with this. */
export const ERASURES = 'erasures/';
const AT_ONCE = 500;
const PUT_BACK = `
  INSERT INTO erasure (account_id, requested_at, listed_at) SELECT a.id, l.at, now() FROM unnest($1::uuid[], $2::timestamptz[]) AS l (id, at) JOIN account a USING (id)
  ON CONFLICT DO NOTHING RETURNING account_id`;

/**
 * One object per erasure in the store, of an opaque id and a time. The database can be restored to a day on which somebody was
 * still in it: the list says who must go again.
 */
@Injectable()
export class ErasureList {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  /** Writes what is not written yet; the same again changes nothing. */
  async write(): Promise<number> {
    const rows = await this.database.query<{ account_id: string; requested_at: Date }[]>(
      'SELECT account_id, requested_at FROM erasure WHERE listed_at IS NULL ORDER BY requested_at LIMIT 100',
    );
    for (const { account_id: account, requested_at: at } of rows) {
      const line = canonicalJson({ account, requestedAt: at.toISOString() });
      await this.runtime.store.put(`${ERASURES}${account}.json`, once(line));
      await this.database.query('UPDATE erasure SET listed_at = now() WHERE account_id = $1', [account]);
    }
    return rows.length;
  }

  /** Erasures that the store knows of and the database does not, as after a restore: they begin anew. Returns how many. */
  async putBack(): Promise<number> {
    let back = 0;
    let listed: { account: string; at: Date }[] = [];
    const flush = async () => {
      const rows = await this.database.query<unknown[]>(PUT_BACK, [listed.map(({ account }) => account), listed.map(({ at }) => at)]);
      back += rows.length;
      listed = [];
    };
    for await (const { key, modifiedAt: at } of this.runtime.store.list(ERASURES)) {
      const account = key.slice(ERASURES.length, -'.json'.length);
      if (validate(account)) listed.push({ account, at });
      if (listed.length === AT_ONCE) await flush();
    }
    if (listed.length > 0) await flush();
    return back;
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
