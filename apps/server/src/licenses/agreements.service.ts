import { Injectable } from '@nestjs/common';
import { agreementContent, Refusal, type Clause } from '@paddock/domain';
import { canonicalJson, sha256Hex } from '@paddock/ledger';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { seenBy, VISIBLE } from './visible-license.js';

export interface LicenseVersionInForce {
  id: string;
  licenseId: string;
  license: string;
  title: string;
  n: number;
  sha256: string;
  assent: 'required' | 'none';
  /** Where it may be accepted. */
  surface: 'any' | 'page';
  attestations: { id: string; text: string }[];
  /** In the order of the license. */
  clauses: Clause[];
}

interface IncorporatedText {
  policy_id: string;
  policy: string;
  title: string;
  snapshot_id: string;
  captured_at: Date;
  raw_sha256: string;
  text_sha256: string;
}

export interface BindingDocument {
  kind: 'license' | 'policy';
  title: string;
  sha256: string;
  url: string;
  capturedAt?: string;
}

export interface ComposedAgreement {
  id: string;
  content: string;
  version: LicenseVersionInForce;
  texts: IncorporatedText[];
  documents: BindingDocument[];
}

/** License versions with their clauses; the caller says which. */
export const LICENSE_VERSION = `
  SELECT v.id, l.id AS "licenseId", l.slug AS license, l.title, v.n, v.body_sha256 AS sha256, v.assent, v.surface, v.attestations, coalesce((
         SELECT json_agg(json_build_object('kind', c.kind, 'parameters', c.parameters, 'start', c.byte_start, 'end', c.byte_end) ORDER BY c.n)
         FROM clause c WHERE c.license_version_id = v.id), '[]'::json) AS clauses
  FROM license_version v JOIN license l ON l.id = v.license_id`;

/** A license without one of its policies would be another agreement: a policy of which no text is in force is a row too. */
const TEXTS_IN_FORCE = `
  SELECT p.id AS policy_id, p.slug AS policy, p.title, s.id AS snapshot_id, s.captured_at, s.raw_sha256, t.sha256 AS text_sha256
  FROM license_version_policy i JOIN policy p ON p.id = i.policy_id
  LEFT JOIN LATERAL (SELECT * FROM snapshot WHERE policy_id = p.id AND effective_from <= now() ORDER BY effective_from DESC, captured_at DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT sha256 FROM snapshot_text WHERE snapshot_id = s.id ORDER BY created_at LIMIT 1) t ON true
  WHERE i.license_version_id = $1 ORDER BY p.slug`;

const KEPT_TEXTS = `
  SELECT p.id AS policy_id, p.slug AS policy, p.title, s.id AS snapshot_id, s.captured_at, s.raw_sha256, ap.text_sha256
  FROM agreement_policy ap JOIN policy p ON p.id = ap.policy_id JOIN snapshot s ON s.id = ap.snapshot_id WHERE ap.agreement_id = $1 ORDER BY p.slug`;

type TextOrGap = IncorporatedText | { policy: string; snapshot_id: null };
const isInForce = (text: TextOrGap): text is IncorporatedText => text.snapshot_id !== null;

/** Puts together what binds: a license version and the effective snapshots of the policies that it incorporates. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

  /** The one license version that is in force now. */
  async versionInForce(tx: EntityManager, license: string): Promise<LicenseVersionInForce> {
    const [version] = await tx.query<LicenseVersionInForce[]>(
      `${LICENSE_VERSION} WHERE l.id = $1 AND v.effective_from <= now() ORDER BY v.n DESC LIMIT 1`,
      [license],
    );
    if (!version) throw new Refusal('not-found', 'No version of this license is in force yet.');
    return version;
  }

  /** What would bind if somebody agreed now. Nothing is written. */
  async compose(tx: EntityManager, license: string): Promise<ComposedAgreement> {
    const version = await this.versionInForce(tx, license);
    const texts = await tx.query<TextOrGap[]>(TEXTS_IN_FORCE, [version.id]);
    if (!texts.every(isInForce)) {
      const missing = texts.filter((text) => !isInForce(text)).map(({ policy }) => policy);
      throw new Refusal('policy-not-in-force', `No text is in force yet of: ${missing.join(', ')}.`, { policies: missing });
    }
    const content = canonicalJson(
      agreementContent({
        licenseVersion: { license: version.license, n: version.n, sha256: version.sha256 },
        policies: texts.map((text) => ({
          policy: text.policy,
          snapshot: text.snapshot_id,
          rawSha256: text.raw_sha256,
          textSha256: text.text_sha256,
        })),
      }),
    );
    return { id: sha256Hex(content), content, version, texts, documents: this.documents(version, texts) };
  }

  /** An agreement as it was kept, whatever is in force by now: who joins an acceptance reads what was accepted. */
  async kept(tx: EntityManager, id: string): Promise<ComposedAgreement> {
    const [row] = await tx.query<{ content: string; license_version_id: string }[]>(
      'SELECT content, license_version_id FROM agreement WHERE id = $1',
      [id],
    );
    const [version] = await tx.query<LicenseVersionInForce[]>(`${LICENSE_VERSION} WHERE v.id = $1`, [row!.license_version_id]);
    const texts = await tx.query<IncorporatedText[]>(KEPT_TEXTS, [id]);
    return { id, content: row!.content, version: version!, texts, documents: this.documents(version!, texts) };
  }

  /** Agreements are shared by all who are shown the same texts. */
  async keep(tx: EntityManager, agreement: ComposedAgreement): Promise<void> {
    const rows = await tx.query<unknown[]>(
      'INSERT INTO agreement (id, license_version_id, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
      [agreement.id, agreement.version.id, agreement.content],
    );
    if (rows.length === 0) return;
    for (const text of agreement.texts) {
      await tx.query('INSERT INTO agreement_policy (agreement_id, policy_id, snapshot_id, text_sha256) VALUES ($1, $2, $3, $4)', [
        agreement.id,
        text.policy_id,
        text.snapshot_id,
        text.text_sha256,
      ]);
    }
  }

  async find(actor: Actor, id: string) {
    const [row] = await this.database.query<{ content: string; license: string; title: string; n: number; sha256: string }[]>(
      `SELECT a.content, l.slug AS license, l.title, v.n, v.body_sha256 AS sha256 FROM agreement a
       JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id WHERE a.id = $5 AND ${VISIBLE}`,
      [...seenBy(actor), id],
    );
    if (!row) throw new Refusal('not-found', 'There is no such agreement.');
    const texts = await this.database.query<IncorporatedText[]>(KEPT_TEXTS, [id]);
    return { id, license: row.license, version: row.n, content: row.content, documents: this.documents(row, texts) };
  }

  private documents(
    version: { title: string; n: number; sha256: string },
    texts: Pick<IncorporatedText, 'title' | 'text_sha256' | 'captured_at'>[],
  ): BindingDocument[] {
    const url = (sha256: string) => `${this.runtime.publicUrl}/documents/${sha256}`;
    return [
      { kind: 'license', title: `${version.title}, version ${version.n}`, sha256: version.sha256, url: url(version.sha256) },
      ...texts.map((text) => ({
        kind: 'policy' as const,
        title: text.title,
        sha256: text.text_sha256,
        url: url(text.text_sha256),
        capturedAt: text.captured_at.toISOString(),
      })),
    ];
  }
}
