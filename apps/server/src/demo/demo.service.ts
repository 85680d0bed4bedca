import { Injectable } from '@nestjs/common';
import { sha256Hex } from '@paddock/ledger';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { FormsService } from '../access-requests/terms/forms.service.js';
import { TermsService } from '../access-requests/terms/terms.service.js';
import { PublishingService } from '../catalog/publishing.service.js';
import { ArtifactRecord, ReleaseRecord } from '../catalog/release.entity.js';
import { mediaTypeOf } from '../catalog/uploads/media-type.js';
import { readStoredHeader } from '../catalog/uploads/model-header.js';
import type { PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { DEMO_FORM } from './demo-form.js';
import { DEMO_PUBLISHER, DemoLicenses, demoText, unlessTaken } from './demo-licenses.js';
import { randomLlamaGguf } from './random-llama-gguf.js';

const RELEASE = 'tiny-f32';
/** Any number serves: it keeps two servers from publishing the demo at once. */
const LOCK = 7_223_452;

const MODELS = [
  {
    slug: 'demo-llama',
    title: 'Demo Llama',
    admission: 'application',
    license: 'sample-community',
    summary: 'Opens after a reviewer approves a request, as LLaMA 1 did.',
  },
  {
    slug: 'demo-llama-assent',
    title: 'Demo Llama, by assent',
    admission: 'assent',
    license: 'sample-community',
    summary: 'Opens when its license is accepted, as Llama 2 did.',
  },
  {
    slug: 'demo-llama-open',
    title: 'Demo Llama, open',
    admission: 'open',
    license: 'sample-permissive',
    summary: 'Open to everyone under a permissive license.',
  },
] as const;

type DemoModel = (typeof MODELS)[number];

/** The portal acting for itself. No account stands behind it, so its events name none. */
const PORTAL = {
  account: null,
  seat: null,
  via: 'session',
  scopes: [],
  licensee: null,
  requestId: 'demo',
  address: '',
  userAgent: '',
  roles: [{ role: 'admin', scope: 'portal', publisher: null, model: null }],
  rolesWithheld: [],
} as unknown as PersonActor;

@Injectable()
export class DemoService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly publishing: PublishingService,
    private readonly terms: TermsService,
    private readonly forms: FormsService,
    private readonly licenses: DemoLicenses,
  ) {}

  /** Publishes whatever of the demo is not there yet; returns the models that were added. */
  async publish(): Promise<string[]> {
    const lock = this.database.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
      const missing = await this.missing();
      if (missing.length === 0) return [];
      await unlessTaken(() => this.publishing.createPublisher(PORTAL, { slug: DEMO_PUBLISHER, legalName: 'Demo Lab' }));
      await this.licenses.publish(PORTAL);
      for (const model of missing) await this.publishModel(model);
      return missing.map(({ slug }) => slug);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await lock.release();
    }
  }

  private async missing(): Promise<DemoModel[]> {
    const done = await this.database.query<{ slug: string }[]>(
      `SELECT m.slug FROM model m JOIN release r ON r.model_id = m.id WHERE r.name = $1 AND r.state <> 'draft'`,
      [RELEASE],
    );
    return MODELS.filter(({ slug }) => !done.some((model) => model.slug === slug));
  }

  private async publishModel(model: DemoModel): Promise<void> {
    const { slug, title, summary, admission, license } = model;
    await unlessTaken(() =>
      this.publishing.createModel(PORTAL, {
        publisher: DEMO_PUBLISHER,
        slug,
        title,
        summary,
        openness: { 'inference-code': 'open', 'model-card': 'open' },
      }),
    );
    const form = admission === 'application' ? await this.formOf(slug) : null;
    await this.terms.put(PORTAL, slug, { admission, license, approvals: 1, grantDays: admission === 'open' ? null : 365, form });
    await unlessTaken(() => this.publishing.createRelease(PORTAL, slug, { name: RELEASE }));
    await this.addFile(slug, `${slug}.gguf`, Buffer.from(randomLlamaGguf(MODELS.indexOf(model) + 1)), 'gated');
    await this.addFile(slug, 'README.md', Buffer.from(demoText('model-card.md')), 'public');
    await this.addFile(slug, 'guides/responsible use.md', Buffer.from(demoText('responsible-use.md')), 'public');
    await this.publishing.command(PORTAL, slug, RELEASE, 'publish', {});
  }

  private async formOf(model: string): Promise<number> {
    const { items } = await this.forms.list(PORTAL, model);
    return (items[0] ?? (await this.forms.compose(PORTAL, model, { fields: DEMO_FORM }))).n;
  }

  private async addFile(model: string, path: string, bytes: Buffer, access: 'gated' | 'public'): Promise<void> {
    const release = await this.database.manager
      .createQueryBuilder(ReleaseRecord, 'release')
      .where('release.name = :name AND release.modelId = (SELECT id FROM model WHERE slug = :model)', { name: RELEASE, model })
      .getOneOrFail();
    if (await this.database.manager.existsBy(ArtifactRecord, { releaseId: release.id, path })) return;
    const id = uuidv7();
    const storageKey = `artifacts/${id}`;
    const { size } = await this.runtime.store.put(storageKey, Readable.from([bytes]));
    const header = await readStoredHeader(this.runtime.store, storageKey, path, size);
    await this.database.manager.insert(ArtifactRecord, {
      id,
      releaseId: release.id,
      path,
      size,
      sha256: sha256Hex(bytes),
      mediaType: mediaTypeOf(path),
      access,
      storageKey,
      header: header as never,
    });
  }
}
