import { Injectable } from '@nestjs/common';
import type { CreateLinks, CreatePublicLinks } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { prepared } from '../../database/prepared.js';
import { gatherForRelease, type GatheredFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import type { Actor, HolderActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { gatherForEveryone } from './public-facts.js';
import { IssuedManifest, type ArtifactRow, type IssuedLink } from './issued-manifest.js';

export const ARTIFACTS = `
  SELECT path, size::float8, sha256, access, storage_key, (SELECT count(*) > 0 FROM torrent WHERE release_id = $1) AS has_torrent
  FROM artifact WHERE release_id = $1 ORDER BY path`;

/** Link and event in one statement, so that neither stands alone. */
export const ISSUE = `
  WITH issued AS (INSERT INTO link (id, grant_id, holder_id, release_id, channel, paths, max_copies, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8))
  INSERT INTO event (id, kind, request_id, actor_id, holder_id, subject_id, model_id, detail)
  VALUES ($9, 'link-issued', $10, $11, $3, $1, $12, jsonb_build_object('grant', $2::uuid, 'channel', $5::text, 'expiresAt', $8::timestamptz))`;

const DIRECT_SECONDS = 3600;

/** Hands out links: one row a manifest, signed for each of its files. */
@Injectable()
export class LinksService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly gate: GateService,
    private readonly manifests: IssuedManifest,
    private readonly events: EventLog,
  ) {}

  async forGrant(actor: HolderActor, grant: string, input: CreateLinks) {
    const gathered = await gatherForRelease(this.database, actor, grant, input.release);
    const foreign =
      gathered &&
      (gathered.licensee === null ||
        gathered.facts.holderUntil < gathered.now ||
        (actor.licensee !== null && actor.licensee !== gathered.licensee));
    if (!gathered || foreign) throw new Refusal('not-found', 'You have no such grant, or it opens no such release.');
    return this.issue(actor, gathered, input);
  }

  /** Of the model's public grant: everything of an open model, the public files of a gated one. */
  async forEveryone(actor: Actor, model: string, release: string, input: CreatePublicLinks) {
    if (input.release !== undefined && input.release !== release) {
      throw new Refusal('malformed-request', `release: the address names \`${release}\``, { fields: ['release'] });
    }
    return this.issue(actor, await gatherForEveryone(this.database, actor, model, release), input);
  }

  private async issue(actor: Actor, gathered: GatheredFacts, input: CreatePublicLinks) {
    const { channel } = input;
    refuseUnfit(input);
    await this.refuse(actor, gathered, channel);
    const artifacts = await this.artifacts(gathered, input.paths);
    const seconds = input.expiresIn ?? (channel === 'direct' ? DIRECT_SECONDS : this.runtime.config.PADDOCK_LINK_HOURS * 3600);
    const until = Math.min(gathered.now + seconds * 1000, gathered.facts.grantUntil, gathered.facts.holderUntil);
    const whole = input.paths === undefined && gathered.facts.grantReach !== 'public-artifacts';
    const link: IssuedLink = { id: uuidv7(), channel, whole, expiresAt: new Date(Math.floor(until / 1000) * 1000) };
    // Before the link stands: of a torrent that is not there yet none is issued.
    const manifest = await this.manifests.of(gathered, link, artifacts);
    await prepared(this.database, 'issue-link', ISSUE, [
      link.id,
      gathered.grant,
      gathered.holder,
      gathered.release,
      channel,
      input.paths ?? null,
      input.maxCopies ?? null,
      link.expiresAt,
      uuidv7(),
      actor.requestId,
      actor.account ?? actor.seat,
      gathered.model,
    ]);
    return manifest;
  }

  private async refuse(actor: Actor, gathered: GatheredFacts, channel: CreateLinks['channel']): Promise<void> {
    try {
      this.gate.refuse(gathered, channel);
      if (channel === 'direct' && !this.runtime.store.presign)
        throw new Refusal('channel-not-allowed', 'Direct URLs need an S3 store; this portal keeps its files on disk.');
    } catch (error) {
      if (error instanceof Refusal)
        await this.events.append(actor, {
          kind: 'link-refused',
          subject: gathered.grant,
          model: gathered.model,
          holder: gathered.holder,
          code: error.code,
        });
      throw error;
    }
  }

  /** The release's files that the grant reaches and the request names. */
  private async artifacts(gathered: GatheredFacts, paths: readonly string[] | undefined): Promise<ArtifactRow[]> {
    const all = await prepared<ArtifactRow>(this.database, 'artifacts-of-release', ARTIFACTS, [gathered.release]);
    const reached = gathered.facts.grantReach === 'public-artifacts' ? all.filter(({ access }) => access === 'public') : all;
    if (paths === undefined) {
      if (reached.length === 0) throw new Refusal('access-not-granted', 'None of these files is public.');
      return reached;
    }
    const known = new Map(reached.map((artifact) => [artifact.path, artifact]));
    const missing = paths.filter((path) => !known.has(path));
    if (missing.length > 0) throw new Refusal('not-found', `The release has no such files: ${missing.slice(0, 5).join(', ')}.`);
    return [...new Set(paths)].map((path) => known.get(path)!);
  }
}

/** A torrent is of the whole release, and nobody can count what its peers share. */
function refuseUnfit({ channel, paths, maxCopies }: CreatePublicLinks): void {
  if (channel !== 'torrent') return;
  const fields = [...(paths ? ['paths'] : []), ...(maxCopies ? ['maxCopies'] : [])];
  if (fields.length > 0) throw new Refusal('malformed-request', `${fields.join(', ')}: not with the channel \`torrent\``, { fields });
}
