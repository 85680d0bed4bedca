import { Injectable } from '@nestjs/common';
import type { PutManifest } from '@paddock/contracts';
import { digestOf } from '@paddock/delivery';
import { Refusal, isDigest, isTag, ManifestFault, MAX_MANIFEST, readManifest, type Descriptor, type Manifest } from '@paddock/domain';
import type { Readable } from 'node:stream';
import { DataSource, type EntityManager } from 'typeorm';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { RuntimesService, type RuntimeAddress, type RuntimeRow } from './runtimes.service.js';

interface Sized {
  digest: string;
  size: number;
}

const MOST_TOLD = 20;
/** The locks are those of the references to come: garbage collection waits for them, or they find the blob gone. */
const BLOBS = 'SELECT digest, size::float8 FROM blob WHERE publisher_id = $1 AND digest = ANY ($2) ORDER BY digest FOR KEY SHARE';
const MANIFESTS = 'SELECT digest, length(body) AS size FROM runtime_manifest WHERE runtime_id = $1 AND digest = ANY ($2)';

/** A manifest is put last: all that it names is there, or it is refused, so that nothing half imported is ever seen. */
@Injectable()
export class ManifestPutting {
  constructor(
    private readonly database: DataSource,
    private readonly runtimes: RuntimesService,
    private readonly events: EventLog,
  ) {}

  async put(actor: PersonActor, at: RuntimeAddress, digest: string, { mediaType, tag: tags }: PutManifest, body: Readable) {
    if (!isDigest(digest)) throw new Refusal('manifest-unfit', 'The digest must be `sha256:` and 64 hexadecimal digits.');
    const unfit = tags.find((tag) => !isTag(tag));
    if (unfit !== undefined) throw new Refusal('repository-name', `\`${unfit}\` is no tag.`);
    const bytes = await manifestBytes(body);
    if (digestOf(bytes) !== digest) throw new Refusal('digest-mismatch', `The manifest that came has the digest ${digestOf(bytes)}.`);
    const manifest = fitManifest(bytes, mediaType);
    await this.database.transaction(async (tx) => {
      const runtime = await this.runtimes.runtimeOf(tx, actor, at);
      await refuseMissing(tx, runtime, manifest);
      await keep(tx, runtime, digest, manifest, bytes);
      for (const tag of tags)
        await tx.query(
          `INSERT INTO runtime_tag (runtime_id, name, digest) VALUES ($1, $2, $3)
           ON CONFLICT (runtime_id, name) DO UPDATE SET digest = excluded.digest, updated_at = now()`,
          [runtime.id, tag, digest],
        );
      await this.events.append(actor, { kind: 'runtime-manifest-put', subject: runtime.id, detail: { digest, tags } }, tx);
    });
    return { digest, mediaType, size: bytes.length, tags };
  }
}

async function manifestBytes(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_MANIFEST) throw new Refusal('body-too-large', `A manifest has ${MAX_MANIFEST} bytes at most.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function fitManifest(bytes: Buffer, mediaType: string): Manifest {
  try {
    return readManifest(bytes, mediaType);
  } catch (error) {
    if (error instanceof ManifestFault) throw new Refusal('manifest-unfit', `${error.message}.`);
    throw error;
  }
}

async function refuseMissing(tx: EntityManager, { id, publisherId }: RuntimeRow, { blobs, manifests }: Manifest): Promise<void> {
  const digests = (all: Descriptor[]) => all.map(({ digest }) => digest);
  const held = [
    ...(await tx.query<Sized[]>(BLOBS, [publisherId, digests(blobs)])),
    ...(await tx.query<Sized[]>(MANIFESTS, [id, digests(manifests)])),
  ];
  const sizes = new Map(held.map(({ digest, size }) => [digest, size]));
  const missing = digests([...blobs, ...manifests]).filter((digest) => !sizes.has(digest));
  if (missing.length > 0)
    throw new Refusal('blob-missing', `${missing.length} of what it names ${missing.length === 1 ? 'is' : 'are'} not here.`, {
      missing: missing.slice(0, MOST_TOLD),
    });
  const other = [...blobs, ...manifests].find(({ digest, size }) => sizes.get(digest) !== size);
  if (other) throw new Refusal('manifest-unfit', `${other.digest} has ${sizes.get(other.digest)} bytes, not ${other.size}.`);
}

async function keep(tx: EntityManager, runtime: RuntimeRow, digest: string, manifest: Manifest, bytes: Buffer): Promise<void> {
  const { mediaType, artifactType, annotations, subject, blobs, manifests } = manifest;
  await tx.query(
    `INSERT INTO runtime_manifest (runtime_id, digest, media_type, artifact_type, annotations, subject, body) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [runtime.id, digest, mediaType, artifactType, annotations, subject, bytes],
  );
  await tx.query(
    'INSERT INTO runtime_manifest_blob (runtime_id, manifest, publisher_id, digest) SELECT $1, $2, $3, unnest($4::text[]) ON CONFLICT DO NOTHING',
    [runtime.id, digest, runtime.publisherId, blobs.map((blob) => blob.digest)],
  );
  await tx.query(
    'INSERT INTO runtime_manifest_child (runtime_id, manifest, child) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING',
    [runtime.id, digest, manifests.map((child) => child.digest)],
  );
}
