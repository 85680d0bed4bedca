import { Injectable } from '@nestjs/common';
import { RegistryFault } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { PullGate, type Admission, type Wanted } from './pull-gate.js';
import type { RegistryCaller } from './registry-callers.js';
import type { Repository } from './repositories.js';

/** Bytes that a manifest of the repository references, and on what they are asked for at the gate. */
export interface FoundBlob {
  wanted: Wanted;
  /** In bytes. */
  size: number;
  /** Where the store has them; what is small is `bytes` instead. */
  storageKey: string | null;
  bytes: Buffer | null;
  /** Of a release's file. */
  path: string | null;
}

interface BlobRow extends Omit<FoundBlob, 'wanted'> {
  release: string;
  access: 'gated' | 'public';
}

const OF_RUNTIME = `
  SELECT b.size::float8, b.storage_key AS "storageKey", NULL::bytea AS bytes, NULL::text AS path
  FROM runtime_manifest_blob x JOIN blob b ON b.publisher_id = x.publisher_id AND b.digest = x.digest WHERE x.runtime_id = $1 AND x.digest = $2 LIMIT 1`;

/** A file, a config or a license that a layout of one of the model's releases names. */
const OF_MODEL = `
  SELECT r.id AS release, a.access, a.size::float8, a.storage_key AS "storageKey", NULL::bytea AS bytes, a.path
  FROM artifact a JOIN release r ON r.id = a.release_id AND r.model_id = $1 AND r.state <> 'draft' WHERE a.sha256 = $3
  UNION ALL
  SELECT r.id, 'gated', length(y.config), NULL, y.config, NULL
  FROM release_layout y JOIN release r ON r.id = y.release_id AND r.model_id = $1 WHERE y.config_digest = $2
  UNION ALL
  SELECT r.id, 'public', length(d.bytes), NULL, d.bytes, NULL
  FROM release_layout y JOIN release r ON r.id = y.release_id AND r.model_id = $1 JOIN document d ON d.sha256 = y.license_sha256 WHERE y.license_sha256 = $3`;

@Injectable()
export class BlobsService {
  constructor(
    private readonly database: DataSource,
    private readonly gate: PullGate,
  ) {}

  /**
   * The blob by whichever of its places is open to the caller: a file may be in several releases.
   * @throws RegistryFault where no manifest of this repository references it, whatever else the store holds
   */
  async find(caller: RegistryCaller, repository: Repository, digest: string): Promise<{ blob: FoundBlob; admission: Admission }> {
    const places = repository.kind === 'runtime' ? await this.ofRuntime(repository, digest) : await this.ofModel(repository, digest);
    let refusal: Refusal | undefined;
    for (const blob of places) {
      try {
        return { blob, admission: await this.gate.admit(caller, blob.wanted) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusal = error;
      }
    }
    throw refusal ?? new RegistryFault('BLOB_UNKNOWN', 'No manifest of this repository references such a blob.');
  }

  private async ofRuntime(runtime: Repository, digest: string): Promise<FoundBlob[]> {
    const rows = await prepared<Omit<FoundBlob, 'wanted'>>(this.database, 'blob-of-runtime', OF_RUNTIME, [runtime.id, digest]);
    return rows.map((row) => ({ ...row, wanted: { kind: 'runtime', runtime } }));
  }

  private async ofModel(model: Repository, digest: string): Promise<FoundBlob[]> {
    const sha256 = digest.slice('sha256:'.length);
    const rows = await prepared<BlobRow>(this.database, 'blob-of-model', OF_MODEL, [model.id, digest, sha256]);
    return rows.map(({ release, access, ...row }) => ({ ...row, wanted: { kind: 'release', release, access } }));
  }
}
