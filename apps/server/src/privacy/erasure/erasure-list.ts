import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@paddock/ledger';
import { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { Runtime } from '../../http/runtime.js';

const PREFIX = 'erasures/';
const PUT_BACK = `
  INSERT INTO erasure (account_id, requested_at, listed_at) SELECT a.id, $2, now() FROM account a WHERE a.id = $1 ON CONFLICT DO NOTHING RETURNING account_id`;

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
      await this.runtime.store.put(`${PREFIX}${account}.json`, once(line));
      await this.database.query('UPDATE erasure SET listed_at = now() WHERE account_id = $1', [account]);
    }
    return rows.length;
  }

  /** Erasures that the store knows of and the database does not, as after a restore: they begin anew. Returns how many. */
  async putBack(): Promise<number> {
    let back = 0;
    for await (const { key, modifiedAt } of this.runtime.store.list(PREFIX)) {
      const account = key.slice(PREFIX.length, -'.json'.length);
      if (!validate(account)) continue;
      const rows = await this.database.query<unknown[]>(PUT_BACK, [account, modifiedAt]);
      back += rows.length;
    }
    return back;
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
