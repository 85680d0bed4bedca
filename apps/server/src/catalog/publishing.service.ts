import { Injectable } from '@nestjs/common';
import type { CreateModel, CreatePublisher, CreateRelease, ReleaseCommand } from '@paddock/contracts';
import { decideRelease, Refusal, type ReleaseCommand as ReleaseCommandName } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../database/failure.js';
import { refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { ArtifactRecord, ModelRecord, ReleaseRecord } from './release.entity.js';
import { TorrentMaking } from './torrents/torrent-making.service.js';
import { giveUpUploads } from './uploads/given-up-uploads.js';

@Injectable()
export class PublishingService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly ledger: LedgerService,
    private readonly events: EventLog,
    private readonly torrents: TorrentMaking,
  ) {}

  async createPublisher(actor: PersonActor, input: CreatePublisher) {
    refuseWithoutRole(actor, 'admin');
    const id = uuidv7();
    await this.unlessTaken(input.slug, async (tx) => {
      await tx.query('INSERT INTO publisher (id, slug, legal_name, domain) VALUES ($1, $2, $3, $4)', [
        id,
        input.slug,
        input.legalName,
        input.domain ?? null,
      ]);
      await this.events.append(actor, { kind: 'publisher-created', subject: id }, tx);
    });
    return { slug: input.slug, legalName: input.legalName };
  }

  async createModel(actor: PersonActor, input: CreateModel) {
    const id = uuidv7();
    await this.unlessTaken(input.slug, async (tx) => {
      const [publisher] = await tx.query<{ id: string }[]>('SELECT id FROM publisher WHERE slug = $1', [input.publisher]);
      if (!publisher) throw new Refusal('not-found', 'There is no such publisher.');
      refuseWithoutRole(actor, 'publisher', { publisher: publisher.id });
      const { slug, title, summary } = input;
      await tx.insert(ModelRecord, {
        id,
        publisherId: publisher.id,
        slug,
        title,
        summary,
        openness: input.openness as ModelRecord['openness'],
      });
      await this.events.append(actor, { kind: 'model-created', subject: id, model: id }, tx);
    });
  }

  async createRelease(actor: PersonActor, slug: string, input: CreateRelease) {
    try {
      await this.database.transaction(async (tx) => {
        const model = await this.modelOf(tx, actor, slug);
        const id = uuidv7();
        const licenseId = input.license === undefined ? null : await licenseIdOf(tx, input.license);
        await tx.insert(ReleaseRecord, { id, modelId: model.id, name: input.name, licenseId, state: 'draft' });
        await this.events.append(actor, { kind: 'release-created', subject: id, model: model.id }, tx);
      });
    } catch (error) {
      if (isConflict(error)) throw new Refusal('release-exists', `\`${slug}\` has a release \`${input.name}\` already.`);
      throw error;
    }
  }

  async command(actor: PersonActor, slug: string, name: string, command: ReleaseCommandName, input: ReleaseCommand): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { model, release } = await this.releaseOf(tx, actor, slug, name);
      const now = this.runtime.now();
      const artifacts = await tx.findBy(ArtifactRecord, { releaseId: release.id });
      const state = decideRelease(release.state, command, artifacts.length, input.reason);
      const replacementId = input.replacement === undefined ? null : await replacementOf(tx, model, release, input.replacement);
      await tx.update(ReleaseRecord, release.id, {
        state,
        reason: input.reason ?? null,
        replacementId,
        publishedAt: release.publishedAt ?? now,
      });
      if (command === 'publish') {
        await giveUpUploads(tx, release.id);
        await this.torrents.make(tx, release, slug);
      }
      const digests = artifacts.map(({ path, sha256 }) => ({ path, sha256 })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
      await this.ledger.append(tx, 'release', release.id, now, { model: slug, name, state, artifacts: digests });
      await this.events.append(
        actor,
        { kind: `release-${state}`, subject: release.id, model: model.id, detail: { command, reason: input.reason ?? null } },
        tx,
      );
    });
  }

  /** The release, locked, for whoever may publish it; a 404 to others while it is a draft. */
  async releaseOf(
    tx: EntityManager,
    actor: PersonActor,
    slug: string,
    name: string,
  ): Promise<{ model: ModelRecord; release: ReleaseRecord }> {
    const model = await this.modelOf(tx, actor, slug);
    const release = await tx.findOne(ReleaseRecord, { where: { modelId: model.id, name }, lock: { mode: 'pessimistic_write' } });
    if (!release) throw new Refusal('not-found', 'There is no such release.');
    return { model, release };
  }

  private async modelOf(tx: EntityManager, actor: PersonActor, slug: string): Promise<ModelRecord> {
    const model = await tx.findOneBy(ModelRecord, { slug });
    if (!model) throw new Refusal('not-found', 'There is no such model.');
    refuseWithoutRole(actor, 'publisher', { publisher: model.publisherId, model: model.id });
    return model;
  }

  private async unlessTaken(slug: string, work: (tx: EntityManager) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(work);
    } catch (error) {
      if (isConflict(error)) throw new Refusal('slug-taken', `\`${slug}\` is taken.`);
      throw error;
    }
  }
}

async function licenseIdOf(tx: EntityManager, slug: string): Promise<string> {
  const [license] = await tx.query<{ id: string }[]>(`SELECT id FROM license WHERE slug = $1 AND kind = 'standard'`, [slug]);
  if (!license) throw new Refusal('not-found', `There is no license \`${slug}\`.`);
  return license.id;
}

async function replacementOf(tx: EntityManager, model: ModelRecord, release: ReleaseRecord, name: string): Promise<string> {
  const replacement = await tx.findOneBy(ReleaseRecord, { modelId: model.id, name });
  if (!replacement || replacement.id === release.id)
    throw new Refusal('malformed-request', 'replacement: there is no such other release', { fields: ['replacement'] });
  return replacement.id;
}
