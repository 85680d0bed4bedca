import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';

const CODES = 10;
/** Crockford's 32 letters and digits, none of which is taken for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LETTERS = 16;

/** For who has lost the factor: ten codes of 80 bits, each good once. Kept under a keyed hash. */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly runtime: Runtime) {}

  /** New codes; the older ones end. */
  async make(tx: EntityManager, account: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newCode);
    await tx.query('DELETE FROM recovery_code WHERE account_id = $1', [account]);
    const { n, key } = await this.runtime.keys.toSeal(tx, 'recovery-codes');
    await tx.query('INSERT INTO recovery_code (account_id, code_hash, key_n) SELECT $1, unnest($2::bytea[]), $3', [
      account,
      codes.map((code) => hashed(key, code)),
      n,
    ]);
    return codes;
  }

  async use(tx: EntityManager, account: string, code: string): Promise<boolean> {
    await this.runtime.keys.fresh();
    const [, used] = await tx.query<[unknown[], number]>(
      'UPDATE recovery_code SET used_at = now() WHERE account_id = $1 AND code_hash = ANY ($2::bytea[]) AND used_at IS NULL',
      [account, this.runtime.keys.all('recovery-codes').map(({ key }) => hashed(key, code))],
    );
    return used === 1;
  }
}

/** However it is spelled: with or without hyphens, in capitals. */
function hashed(key: Buffer, code: string): Buffer {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return createHmac('sha256', key).update(plain).digest();
}

function newCode(): string {
  const letters = [...randomBytes(LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return letters.match(/.{4}/g)!.join('-');
}
