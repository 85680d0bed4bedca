import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { buffer } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { GateService } from '../../grants/gate.service.js';
import type { Actor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { gatherForEveryone } from '../links/public-facts.js';

const MOST_BYTES = 1024 * 1024;
const READABLE = /^text\/(markdown|plain)\b/;

const ARTIFACT = `
  SELECT sha256, storage_key, media_type, size::float8 FROM artifact
  WHERE release_id = $1 AND path = $2 AND ($3 OR access = 'public')`;

interface ArtifactRow {
  sha256: string;
  storage_key: string;
  media_type: string;
  size: number;
}

/** Model cards and guides, to be read on the model's page: small texts that everyone may have, by the gate as all bytes. */
@Injectable()
export class ReadableTexts {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly gate: GateService,
  ) {}

  async read(actor: Actor, model: string, release: string, path: string): Promise<{ sha256: string; bytes: Buffer }> {
    const gathered = await gatherForEveryone(this.database, actor, model, release);
    this.gate.refuse(gathered, 'link');
    const everything = gathered.facts.grantReach === 'everything';
    const [artifact] = await this.database.query<ArtifactRow[]>(ARTIFACT, [gathered.release, path, everything]);
    if (!artifact || !READABLE.test(artifact.media_type) || artifact.size > MOST_BYTES)
      throw new Refusal('not-found', 'The release has no such text that is open to everyone.');
    return { sha256: artifact.sha256, bytes: await buffer(await this.runtime.store.read(artifact.storage_key)) };
  }
}
