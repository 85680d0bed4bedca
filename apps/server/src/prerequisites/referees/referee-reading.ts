import { Injectable } from '@nestjs/common';
import { refereeState, type RefereeState } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { SealedRecords } from '../../accounts/sealed-records.js';
import { Runtime } from '../../http/runtime.js';

/** Sealed under the applicant's key. */
export interface RefereeAddress {
  email: string;
  name: string;
}

export interface RefereeRow {
  id: string;
  account_id: string;
  model_id: string;
  model: string;
  title: string;
  publisher: string;
  applicant: string | null;
  sealed_id: string;
  mails: number;
  created_at: Date;
  expires_at: Date;
  withdrawn: boolean;
  confirmed: boolean | null;
}

/** Nobody vouches for an account that was erased. */
const REFEREES = `
  SELECT r.id, r.account_id, r.model_id, m.slug AS model, m.title, pub.legal_name AS publisher, p.name AS applicant, r.sealed_id, r.mails, r.created_at, r.expires_at,
    r.withdrawn_at IS NOT NULL OR a.erased_at IS NOT NULL AS withdrawn, r.confirmed
  FROM referee r JOIN model m ON m.id = r.model_id JOIN publisher pub ON pub.id = m.publisher_id
  JOIN account a ON a.id = r.account_id JOIN person p ON p.account_id = a.id`;
const MOST_LISTED = 50;

/** Referees as applicants and reviewers see them. */
@Injectable()
export class RefereeReading {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly sealed: SealedRecords,
  ) {}

  /** One of the applicant's own. */
  async byId(tx: EntityManager, applicant: string, id: string): Promise<RefereeRow | undefined> {
    const [row] = await tx.query<RefereeRow[]>(`${REFEREES} WHERE r.id = $1 AND r.account_id = $2`, [id, applicant]);
    return row;
  }

  async byToken(tx: EntityManager, tokenHash: Buffer): Promise<RefereeRow | undefined> {
    const [row] = await tx.query<RefereeRow[]>(`${REFEREES} WHERE r.token_hash = $1`, [tokenHash]);
    return row;
  }

  async ofApplicant(applicant: string, model: string) {
    const rows = await this.database.query<RefereeRow[]>(
      `${REFEREES} WHERE r.account_id = $1 AND m.slug = $2 ORDER BY r.created_at DESC, r.id DESC LIMIT ${MOST_LISTED}`,
      [applicant, model],
    );
    return Promise.all(rows.map((row) => this.shown(this.database.manager, row)));
  }

  /** The latest that vouched, for reviewers: the mail domain and what they wrote, but neither name nor address. */
  async vouching(tx: EntityManager, applicant: string, model: string) {
    const [row] = await tx.query<{ domain: string; answer_id: string | null; answered_at: Date }[]>(
      'SELECT domain, answer_id, answered_at FROM referee WHERE account_id = $1 AND model_id = $2 AND confirmed ORDER BY answered_at DESC LIMIT 1',
      [applicant, model],
    );
    if (!row) return null;
    const answer = row.answer_id === null ? undefined : await this.sealed.read<{ relation: string }>(row.answer_id, tx);
    return { domain: row.domain, relation: answer?.relation ?? null, at: row.answered_at };
  }

  address(tx: EntityManager, { sealed_id }: RefereeRow): Promise<RefereeAddress | undefined> {
    return this.sealed.read<RefereeAddress>(sealed_id, tx);
  }

  state({ confirmed, withdrawn, expires_at }: RefereeRow): RefereeState {
    return refereeState({ confirmed, withdrawn, expiresAt: expires_at.getTime() }, this.runtime.now().getTime());
  }

  async shown(tx: EntityManager, row: RefereeRow) {
    const address = await this.address(tx, row);
    const { id, model, mails, created_at: createdAt, expires_at: expiresAt } = row;
    return { id, model, email: address?.email ?? null, name: address?.name ?? null, state: this.state(row), mails, createdAt, expiresAt };
  }
}
