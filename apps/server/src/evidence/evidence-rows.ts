import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { mayAs, type PersonActor } from '../http/actor.js';
import type { PresentationRecord } from '../grants/acceptance/presentation.entity.js';

const UNTIL_NEXT_S = 1;

/** Proofs wait for the checkpoint that covers what they prove. */
export const pending = () =>
  new Refusal('evidence-pending', 'No checkpoint of the ledger covers this acceptance yet.', { retryAfter: UNTIL_NEXT_S });

/** An acceptance with its entry, as far as each of them is there. */
export interface AcceptanceRow {
  id: string;
  model_id: string;
  publisher_id: string;
  signer_id: string;
  licensee_id: string;
  /** The actor is an officer of the licensee. */
  is_officer: boolean;
  presentation_id: string;
  screen: PresentationRecord['screen'];
  attestations: Record<string, boolean>;
  joins_id: string | null;
  sealed_id: string;
  agreement_id: string;
  agreement: string;
  entry: Buffer;
  index: string | null;
  salt: Buffer | null;
  /** Of what was sealed. */
  erased_at: Date | null;
}

export interface DocumentRow {
  sha256: string;
  media_type: string;
  bytes: Buffer;
}

const ACCEPTANCE = `
  SELECT a.id, a.model_id, m.publisher_id, a.signer_id, a.licensee_id, a.presentation_id, p.screen, a.attestations, a.joins_id, a.sealed_id,
         a.agreement_id, g.content AS agreement, e.entry, i.index, s.salt, z.erased_at,
         EXISTS (SELECT FROM licensee k JOIN membership o ON o.organization_id = k.organization_id
                 WHERE k.id = a.licensee_id AND o.account_id = $2 AND o.role = 'officer' AND o.valid_until IS NULL) AS is_officer
  FROM acceptance a JOIN model m ON m.id = a.model_id JOIN presentation p ON p.id = a.presentation_id JOIN agreement g ON g.id = a.agreement_id
  JOIN sealed_record z ON z.id = a.sealed_id
  JOIN ledger_entry e ON e.subject_id = a.id AND e.kind IN ('acceptance', 'decline')
  LEFT JOIN entry_index i ON i.entry_id = e.id LEFT JOIN ledger_salt s ON s.entry_id = e.id
  WHERE a.id = $1`;

const DOCUMENTS = `
  SELECT sha256, media_type, bytes FROM document WHERE sha256 IN (
    SELECT v.body_sha256 FROM agreement g JOIN license_version v ON v.id = g.license_version_id WHERE g.id = $1
    UNION SELECT text_sha256 FROM agreement_policy WHERE agreement_id = $1) ORDER BY sha256`;

/** Over the untouched captures that the agreement names by `rawSha256`. */
const TIMESTAMPS = `
  SELECT s.raw_sha256 AS sha256, encode(t.token, 'base64') AS token FROM agreement_policy ap JOIN snapshot s ON s.id = ap.snapshot_id
  JOIN snapshot_timestamp t ON t.snapshot_id = s.id WHERE ap.agreement_id = $1 ORDER BY s.raw_sha256, t.authority`;

const SUCCESSION = `
  SELECT i.index, e.entry FROM ledger_entry e JOIN entry_index i ON i.entry_id = e.id
  WHERE e.kind = 'succession' AND i.index < $1 ORDER BY i.index DESC LIMIT 1`;

/** What evidence is made of, for those whom it concerns. */
@Injectable()
export class EvidenceRows {
  constructor(private readonly database: DataSource) {}

  /** For its signer, the officers of its licensee, and staff of the model; for others there is none. */
  async acceptance(actor: PersonActor, id: string): Promise<AcceptanceRow> {
    const [row] = await this.database.query<AcceptanceRow[]>(ACCEPTANCE, [id, actor.account]);
    if (!row || !mayRead(actor, row)) throw new Refusal('not-found', 'There is no such acceptance of yours.');
    return row;
  }

  /** Whoever asks for it here has looked at who may read it. */
  async byId(id: string): Promise<AcceptanceRow> {
    const [row] = await this.database.query<AcceptanceRow[]>(ACCEPTANCE, [id, null]);
    if (!row) throw new Refusal('not-found', 'There is no such acceptance.');
    return row;
  }

  /** The last entry below this size with which the log goes on in place of another one. */
  async succession(size: bigint): Promise<{ index: bigint; entry: Buffer } | undefined> {
    const [row] = await this.database.query<{ index: string; entry: Buffer }[]>(SUCCESSION, [String(size)]);
    return row && { index: BigInt(row.index), entry: row.entry };
  }

  documents(agreement: string): Promise<DocumentRow[]> {
    return this.database.query<DocumentRow[]>(DOCUMENTS, [agreement]);
  }

  async timestamps(agreement: string): Promise<{ sha256: string; token: string }[]> {
    const rows = await this.database.query<{ sha256: string; token: string }[]>(TIMESTAMPS, [agreement]);
    return rows.map(({ sha256, token }) => ({ sha256, token: token.replaceAll('\n', '') }));
  }
}

function mayRead(actor: PersonActor, row: AcceptanceRow): boolean {
  const concerned = row.signer_id === actor.account || row.is_officer;
  // A token that is bound to a licensee acts for that one alone.
  if (concerned && (actor.licensee === null || actor.licensee === row.licensee_id)) return true;
  const place = { publisher: row.publisher_id, model: row.model_id };
  return (['auditor', 'publisher'] as const).some((role) => mayAs(actor, role, place));
}
