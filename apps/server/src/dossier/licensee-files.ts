import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@paddock/ledger';
import type { QueryRunner } from 'typeorm';
import { SealedRecords } from '../accounts/sealed-records.js';
import { CertificateService } from '../evidence/certificate/certificate.service.js';
import { EvidenceService } from '../evidence/evidence.service.js';
import type { DossierScope } from './dossier-scope.js';
import { ACCEPTANCES, AGREEMENTS, DOWNLOADS, NEWEST_ACCEPTANCE, RECORDED_FILES, type RecordedFiles } from './recorded-rows.js';

type Row = Record<string, unknown>;

export interface DossierFile {
  path: string;
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A part of a dossier, from the one snapshot of the database that the runner's transaction sees. */
type Part = (runner: QueryRunner, scope: DossierScope) => AsyncGenerator<DossierFile>;

const ROWS_AT_ONCE = 500;
const LICENSEE = `
  SELECT k.id, CASE WHEN k.account_id IS NULL THEN 'organization' ELSE 'individual' END AS kind, coalesce(o.legal_name, p.name) AS "legalName", coalesce(o.country, p.country) AS country
  FROM licensee k LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id WHERE k.id = $1`;
const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/markdown': 'md',
  'application/pdf': 'pdf',
};

/** Everything that is recorded of one licensee, file by file in a fixed order. */
@Injectable()
export class LicenseeFiles {
  constructor(
    private readonly sealed: SealedRecords,
    private readonly evidence: EvidenceService,
    private readonly certificates: CertificateService,
  ) {}

  /** What a dossier is made of, in its order. */
  private readonly parts: readonly Part[] = [
    (runner, scope) => this.licensee(runner, scope),
    ...RECORDED_FILES.map(
      (files): Part =>
        (runner, scope) =>
          this.recorded(runner, scope, files),
    ),
    (runner, scope) => this.agreements(runner, scope),
    (runner, scope) =>
      this.ofAcceptances(runner, scope, async (id) => ({
        path: `evidence/${id}.json`,
        bytes: Buffer.from(await this.evidence.settled(id)),
      })),
    (runner, scope) =>
      this.ofAcceptances(runner, scope, async (id) => {
        const bytes = await this.certificates.settled(id);
        return bytes && { path: `certificates/${id}.pdf`, bytes };
      }),
    (runner, scope) => this.downloads(runner, scope),
  ];

  async *of(runner: QueryRunner, scope: DossierScope): AsyncGenerator<DossierFile> {
    for (const part of this.parts) yield* part(runner, scope);
  }

  /** Refuses with `evidence-pending` while a checkpoint is awaited. */
  async refuseUnlessCovered(runner: QueryRunner, scope: DossierScope): Promise<void> {
    for await (const { id } of rowsOf(runner, NEWEST_ACCEPTANCE, scope)) await this.evidence.settled(String(id));
  }

  private async *licensee(runner: QueryRunner, { licensee }: DossierScope): AsyncGenerator<DossierFile> {
    const [row] = (await runner.query(LICENSEE, [licensee])) as Row[];
    yield json('licensee.json', row!);
  }

  private async *recorded(
    runner: QueryRunner,
    scope: DossierScope,
    { folder, rows, opens = {} }: RecordedFiles,
  ): AsyncGenerator<DossierFile> {
    for await (const row of rowsOf(runner, rows, scope)) {
      const columns = Object.keys(opens);
      const ids = columns.map((column) => row[column]).filter((id) => typeof id === 'string');
      const contents = ids.length === 0 ? new Map<string, unknown>() : await this.sealed.readMany<unknown>(ids, runner.manager);
      const opened = columns.map((column) => [opens[column]!, contents.get(String(row[column])) ?? null]);
      const plain = Object.entries(row).filter(([column]) => !(column in opens));
      yield json(`${folder}/${String(row['id'])}.json`, Object.fromEntries([...plain, ...opened]));
    }
  }

  /** With the exact bytes of every document; of a WARC, which is large and public, the digest. */
  private async *agreements(runner: QueryRunner, scope: DossierScope): AsyncGenerator<DossierFile> {
    const digests = new Set<string>();
    for await (const { id, content, ...row } of rowsOf(runner, AGREEMENTS, scope)) {
      yield { path: `agreements/${String(id)}.json`, content: [Buffer.from(String(content))] };
      yield json(`agreements/${String(id)}.documents.json`, row);
      for (const policy of (row['policies'] ?? []) as Row[])
        for (const part of ['text', 'raw', 'pdf']) if (policy[part]) digests.add(String(policy[part]));
      digests.add(String(row['body']));
    }
    for (const digest of [...digests].toSorted()) yield document(runner, digest);
  }

  /** One file of each acceptance at most, in the order of their ids: a decline is not certified. */
  private async *ofAcceptances(
    runner: QueryRunner,
    scope: DossierScope,
    file: (acceptance: string) => Promise<{ path: string; bytes: Uint8Array } | undefined>,
  ): AsyncGenerator<DossierFile> {
    for await (const { id } of rowsOf(runner, ACCEPTANCES, scope)) {
      const made = await file(String(id));
      if (made) yield { path: made.path, content: [made.bytes] };
    }
  }

  private async *downloads(runner: QueryRunner, scope: DossierScope): AsyncGenerator<DossierFile> {
    yield { path: 'downloads.ndjson', content: lines(rowsOf(runner, DOWNLOADS, scope)) };
  }
}

async function* lines(rows: AsyncIterable<Row>): AsyncGenerator<Uint8Array> {
  for await (const row of rows) yield Buffer.from(`${canonicalJson(plain(row))}\n`);
}

async function document(runner: QueryRunner, sha256: string): Promise<DossierFile> {
  const [row] = (await runner.query('SELECT media_type, bytes FROM document WHERE sha256 = $1', [sha256])) as {
    media_type: string;
    bytes: Buffer;
  }[];
  const extension = EXTENSIONS[row!.media_type.split(';')[0]!.trim()] ?? 'bin';
  return { path: `documents/${sha256}.${extension}`, content: [row!.bytes] };
}

function json(path: string, value: unknown): DossierFile {
  return { path, content: [Buffer.from(canonicalJson(plain(value)))] };
}

/** As it is on the wire: dates as text. */
function plain(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** Some at a time. One such list is open at once: the files of a dossier come one after another. */
async function* rowsOf(runner: QueryRunner, text: string, { licensee, everything, publishers, models }: DossierScope): AsyncGenerator<Row> {
  await runner.query(`DECLARE recorded NO SCROLL CURSOR FOR ${text}`, [licensee, everything, publishers, models]);
  for (;;) {
    const rows = (await runner.query(`FETCH ${ROWS_AT_ONCE} FROM recorded`)) as Row[];
    if (rows.length === 0) break;
    yield* rows;
  }
  await runner.query('CLOSE recorded');
}
