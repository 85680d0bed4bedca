import { Injectable } from '@nestjs/common';
import { layoutFor, readReleaseTag, RegistryFault } from '@paddock/delivery';
import { isDigest } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import { ReleaseLayouts } from '../releases/release-layouts.service.js';
import { PullGate } from './pull-gate.js';
import type { RegistryCaller } from './registry-callers.js';
import type { Repository } from './repositories.js';

export interface FoundManifest {
  digest: string;
  mediaType: string;
  body: Buffer;
}

/** What a client says of itself: a tag of a release stands for several layouts. */
export interface ClientHints {
  accept: string | undefined;
  userAgent: string | undefined;
}

const COLUMNS = 'digest, media_type AS "mediaType", body';
const OF_RUNTIME_BY_TAG = `SELECT m.digest, m.media_type AS "mediaType", m.body FROM runtime_tag t JOIN runtime_manifest m ON m.runtime_id = t.runtime_id AND m.digest = t.digest
  WHERE t.runtime_id = $1 AND t.name = $2`;
const OF_RUNTIME_BY_DIGEST = `SELECT ${COLUMNS} FROM runtime_manifest WHERE runtime_id = $1 AND digest = $2`;

const OF_MODEL = 'FROM release_layout y JOIN release r ON r.id = y.release_id AND r.model_id = $1';
const OF_MODEL_BY_DIGEST = `SELECT r.id AS release, y.digest, y.media_type AS "mediaType", y.body ${OF_MODEL} WHERE y.digest = $2`;
/** A release's own name goes before one of which the tag is a spelling; then the layout that was asked for. */
const OF_MODEL_BY_TAG = `
  SELECT r.id AS release, y.digest, y.media_type AS "mediaType", y.body
  ${OF_MODEL} JOIN unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (name, layout, turn) ON r.name = asked.name OR replace(r.name, '+', '_') = asked.name
  WHERE y.layout = ANY (ARRAY[coalesce(asked.layout, $4), CASE WHEN asked.layout IS NULL THEN 'modelpack' END])
  ORDER BY asked.turn, r.name <> asked.name, y.layout <> coalesce(asked.layout, $4) LIMIT 1`;

type ReleaseManifest = FoundManifest & { release: string };

@Injectable()
export class ManifestsService {
  constructor(
    private readonly database: DataSource,
    private readonly gate: PullGate,
    private readonly layouts: ReleaseLayouts,
  ) {}

  /** By tag or digest, for whom the gate lets have it. @throws RegistryFault, Refusal */
  async find(caller: RegistryCaller, repository: Repository, reference: string, hints: ClientHints): Promise<FoundManifest> {
    if (repository.kind === 'runtime') return this.ofRuntime(caller, repository, reference);
    const manifest = (await this.ofModel(repository.id, reference, hints)) ?? (await this.onceMade(repository.id, reference, hints));
    if (!manifest) throw unknown();
    await this.gate.admit(caller, { kind: 'release', release: manifest.release, access: 'gated' });
    return manifest;
  }

  /** The gate first: what a runtime for licensees holds is not for others to find out. */
  private async ofRuntime(caller: RegistryCaller, runtime: Repository, reference: string): Promise<FoundManifest> {
    await this.gate.admit(caller, { kind: 'runtime', runtime });
    const byDigest = isDigest(reference);
    const [manifest] = await prepared<FoundManifest>(
      this.database,
      byDigest ? 'runtime-manifest-by-digest' : 'runtime-manifest-by-tag',
      byDigest ? OF_RUNTIME_BY_DIGEST : OF_RUNTIME_BY_TAG,
      [runtime.id, reference],
    );
    if (!manifest) throw unknown();
    return manifest;
  }

  private async ofModel(model: string, reference: string, hints: ClientHints): Promise<ReleaseManifest | undefined> {
    if (isDigest(reference)) {
      const [found] = await prepared<ReleaseManifest>(this.database, 'layout-by-digest', OF_MODEL_BY_DIGEST, [model, reference]);
      return found;
    }
    const asked = readReleaseTag(reference);
    const [found] = await prepared<ReleaseManifest>(this.database, 'layout-by-tag', OF_MODEL_BY_TAG, [
      model,
      asked.map(({ release }) => release),
      asked.map(({ layout }) => layout),
      layoutFor(hints),
    ]);
    return found;
  }

  private async onceMade(model: string, reference: string, hints: ClientHints): Promise<ReleaseManifest | undefined> {
    await this.layouts.ensure(model);
    return this.ofModel(model, reference, hints);
  }
}

function unknown(): RegistryFault {
  return new RegistryFault('MANIFEST_UNKNOWN', 'The repository has no such manifest.');
}
