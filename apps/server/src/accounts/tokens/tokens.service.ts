import { Injectable } from '@nestjs/common';
import type { CreateToken } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { randomInt } from 'node:crypto';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { EventLog } from '../../ledger/event-log.js';
import { mayActFor } from '../licensees/licensees.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

@Injectable()
export class TokensService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, input: CreateToken) {
    const token = newToken();
    return this.database.transaction(async (tx) => {
      if (input.licensee && !(await mayActFor(tx, actor.account, input.licensee)))
        throw new Refusal('not-found', 'You act for no such licensee.');
      const [row] = await tx.query<TokenRow[]>(
        `INSERT INTO access_token (id, account_id, licensee_id, name, token_hash, scopes, expires_at, second_factor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
        [
          uuidv7(),
          actor.account,
          input.licensee ?? null,
          input.name,
          hashSecret(token),
          [...new Set(input.scopes)],
          input.expiresAt ?? null,
          actor.session?.secondFactor ?? false,
        ],
      );
      await this.events.append(actor, { kind: 'token-created', subject: row!.id, detail: { scopes: input.scopes } }, tx);
      return { ...listed(row!), token };
    });
  }

  async list(actor: PersonActor) {
    const rows = await this.database.query<TokenRow[]>(
      'SELECT * FROM access_token WHERE account_id = $1 ORDER BY created_at DESC LIMIT 200',
      [actor.account],
    );
    return { items: rows.map(listed), nextCursor: null };
  }

  async revoke(actor: PersonActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [, changed] = await tx.query<[unknown[], number]>(
        'UPDATE access_token SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 AND account_id = $2',
        [id, actor.account],
      );
      if (changed === 0) throw new Refusal('not-found', 'You have no such access token.');
      await this.events.append(actor, { kind: 'token-revoked', subject: id }, tx);
    });
  }
}

/** 40 characters of 62: 238 bits. The prefix is the one that Hub clients (llama.cpp among them) take for a token. */
function newToken(): string {
  return `hf_${Array.from({ length: 40 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

function listed(row: TokenRow) {
  const state = row.revoked_at ? 'revoked' : row.expires_at && row.expires_at <= new Date() ? 'expired' : 'active';
  return { id: row.id, name: row.name, scopes: row.scopes, state, createdAt: row.created_at, expiresAt: row.expires_at };
}
