import type { ShownScreen, Surface } from '@paddock/domain';
import type { DataSource } from 'typeorm';

/** A policy as the agreement pins it: the untouched capture, and the text that was shown of it. */
export interface PinnedPolicy {
  slug: string;
  title: string;
  capturedAt: string;
  rawSha256: string;
  textSha256: string;
}

/** What a certificate tells of an acceptance; times as the database gives them. */
export interface CertificateFacts {
  id: string;
  signer: string;
  licensee: string;
  created_at: Date;
  presented_at: Date;
  agreement: string;
  attestations: Record<string, boolean>;
  joins: string | null;
  surface: Surface;
  screen: ShownScreen;
  model: string;
  release: string | null;
  publisher: string;
  license: string;
  version: number;
  body_sha256: string;
  policies: PinnedPolicy[];
  /** Sealed, or nulled by an erasure. */
  sealed_id: string;
  licensee_name: string | null;
  entry: Buffer;
  index: string | null;
}

const FACTS = `
  SELECT a.id, a.signer_id AS signer, a.licensee_id AS licensee, a.created_at, p.created_at AS presented_at, a.agreement_id AS agreement, a.attestations,
    a.joins_id AS joins, p.surface, p.screen, m.title AS model, r.name AS release, pub.legal_name AS publisher,
    l.title AS license, v.n AS version, v.body_sha256, a.sealed_id, coalesce(o.legal_name, person.name) AS licensee_name, e.entry, i.index,
    coalesce((SELECT json_agg(json_build_object('slug', y.slug, 'title', y.title, 'capturedAt', s.captured_at, 'rawSha256', s.raw_sha256, 'textSha256', ap.text_sha256) ORDER BY y.slug)
      FROM agreement_policy ap JOIN policy y ON y.id = ap.policy_id JOIN snapshot s ON s.id = ap.snapshot_id WHERE ap.agreement_id = a.agreement_id), '[]'::json) AS policies
  FROM acceptance a JOIN presentation p ON p.id = a.presentation_id JOIN model m ON m.id = a.model_id JOIN publisher pub ON pub.id = m.publisher_id
  JOIN license_version v ON v.id = a.license_version_id JOIN license l ON l.id = v.license_id
  JOIN licensee k ON k.id = a.licensee_id LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person ON person.account_id = k.account_id
  LEFT JOIN release r ON r.id = a.release_id JOIN ledger_entry e ON e.subject_id = a.id AND e.kind = 'acceptance' LEFT JOIN entry_index i ON i.entry_id = e.id
  WHERE a.id = $1`;

/** Undefined for what is no acceptance, such as a decline: nobody certifies what did not bind. */
export async function certificateFacts(database: DataSource, acceptance: string): Promise<CertificateFacts | undefined> {
  const [facts] = await database.query<CertificateFacts[]>(FACTS, [acceptance]);
  return facts;
}
