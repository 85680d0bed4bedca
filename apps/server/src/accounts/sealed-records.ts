import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { openColumn, seal, sealColumn, unseal } from '../http/keys.js';
import { Runtime } from '../http/runtime.js';

export type SealedKind = 'acceptance' | 'answers' | 'note' | 'statement' | 'referee';

interface WrappedKey {
  wrapped_key: Buffer;
  /** The generation of the key of all people under which it is sealed. */
  key_n: number;
}

interface SealedRow extends WrappedKey {
  id: string;
  account_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
}

const KEY_OF =
  'SELECT k.wrapped_key, k.key_n FROM account a JOIN person_key k ON k.account_id = a.id WHERE a.id = $1 AND a.erased_at IS NULL FOR SHARE OF a';

/** Personal data under a key per person. Destroying the person's key unseals nothing ever again. */
@Injectable()
export class SealedRecords {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  async write(tx: EntityManager, account: string, kind: SealedKind, value: unknown): Promise<string> {
    const id = uuidv7();
    const { nonce, ciphertext } = seal(await this.keyOf(tx, account), Buffer.from(JSON.stringify(value)), id);
    await tx.query('INSERT INTO sealed_record (id, account_id, kind, nonce, ciphertext) VALUES ($1, $2, $3, $4, $5)', [
      id,
      account,
      kind,
      nonce,
      ciphertext,
    ]);
    return id;
  }

  /** undefined once it was erased, or the person's key destroyed. */
  async read<T>(id: string, tx: EntityManager | DataSource = this.database): Promise<T | undefined> {
    return (await this.readMany<T>([id], tx)).get(id);
  }

  /** By id; what was erased is missing. */
  async readMany<T>(ids: readonly string[], tx: EntityManager | DataSource = this.database): Promise<Map<string, T>> {
    const rows = await tx.query<SealedRow[]>(
      'SELECT s.*, k.wrapped_key, k.key_n FROM sealed_record s JOIN person_key k USING (account_id) WHERE s.id = ANY ($1::uuid[]) AND s.erased_at IS NULL',
      [ids],
    );
    const contents = new Map<string, T>();
    for (const row of rows) {
      const key = await this.unwrap(row.account_id, row);
      contents.set(row.id, JSON.parse(unseal(key, row, row.id).toString('utf8')) as T);
    }
    return contents;
  }

  /** Empties these records; what refers to them stays. Returns how many there were. */
  async erase(tx: EntityManager, ids: readonly string[]): Promise<number> {
    const [, erased] = await tx.query<[unknown[], number]>(
      `UPDATE sealed_record SET nonce = '', ciphertext = '', erased_at = now() WHERE id = ANY ($1::uuid[]) AND erased_at IS NULL`,
      [ids],
    );
    return erased;
  }

  /** Of the whole person. Copies of the database from before can no longer be read with what the portal holds now. */
  async destroyKey(tx: EntityManager, account: string): Promise<void> {
    await tx.query('DELETE FROM person_key WHERE account_id = $1', [account]);
  }

  private async keyOf(tx: EntityManager, account: string): Promise<Buffer> {
    // Locked, so that an erasure that begins meanwhile waits, and ends what this transaction does.
    const find = async () => (await tx.query<WrappedKey[]>(KEY_OF, [account]))[0];
    const row = (await find()) ?? (await this.makeKey(tx, account).then(find));
    if (!row) throw new Refusal('erased', 'Nothing further is sealed for somebody who was erased.');
    return this.unwrap(account, row);
  }

  /** A person's first record makes their key; two at once agree on whichever came first. */
  private async makeKey(tx: EntityManager, account: string): Promise<void> {
    const { n, key } = await this.runtime.keys.toSeal(tx, 'person-keys');
    await tx.query(
      'INSERT INTO person_key (account_id, wrapped_key, key_n) SELECT id, $2, $3 FROM account WHERE id = $1 AND erased_at IS NULL ON CONFLICT DO NOTHING',
      [account, sealColumn(key, randomBytes(32), account), n],
    );
  }

  private async unwrap(account: string, { wrapped_key: wrapped, key_n: n }: WrappedKey): Promise<Buffer> {
    return openColumn((await this.runtime.keys.generation('person-keys', n)).key, wrapped, account);
  }
}
