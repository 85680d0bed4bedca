import { Injectable } from '@nestjs/common';
import { CreateLicenseVersion } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { readFileSync } from 'node:fs';
import type { PersonActor } from '../http/actor.js';
import { LicensesService } from '../licenses/licenses.service.js';
import { PoliciesService } from '../policies/policies.service.js';

export const DEMO_PUBLISHER = 'demo-lab';
const POLICY = 'sample-acceptable-use';

export const demoText = (name: string) => readFileSync(new URL(`./texts/${name}`, import.meta.url), 'utf8');

const COMMUNITY_CLAUSES = [
  { kind: 'redistribution', quote: 'you must give them a copy of this license with it', parameters: { withLicense: true } },
  { kind: 'attribution', quote: 'You must keep this notice in every copy', parameters: {} },
  { kind: 'no-model-improvement', quote: 'to improve any other large language model', parameters: {} },
  { kind: 'incorporated-policy', quote: 'Your use must follow the Sample Acceptable Use Policy', parameters: { policy: POLICY } },
  {
    kind: 'prohibited-use',
    quote: 'You must not use the Materials to operate weapons',
    parameters: { uses: ['weapons', 'intrusion', 'unlawful-surveillance'] },
  },
  { kind: 'monthly-active-users', quote: 'more than 700 million\nmonthly active users', parameters: { threshold: 700_000_000 } },
];

/** The demo's policy and licenses, in our own words. */
@Injectable()
export class DemoLicenses {
  constructor(
    private readonly policies: PoliciesService,
    private readonly licenses: LicensesService,
  ) {}

  async publish(actor: PersonActor): Promise<void> {
    const publisher = DEMO_PUBLISHER;
    await unlessTaken(() =>
      this.policies.create(actor, {
        publisher,
        slug: POLICY,
        title: 'Sample Acceptable Use Policy',
        text: demoText('acceptable-use.txt'),
        standingRule: null,
      }),
    );
    await this.license(actor, 'sample-community', 'Sample Community License', {
      text: demoText('community-license.md'),
      assent: 'required',
      clauses: COMMUNITY_CLAUSES,
      policies: [POLICY],
      attestations: [
        { id: 'read', text: 'I have read the license and the acceptable use policy.' },
        { id: 'lawful-use', text: 'I will use the model only as they allow.' },
      ],
    });
    await this.license(actor, 'sample-permissive', 'Sample Permissive License', {
      text: demoText('permissive-license.md'),
      assent: 'none',
    });
  }

  private async license(actor: PersonActor, slug: string, title: string, version: unknown): Promise<void> {
    await unlessTaken(async () => {
      await this.licenses.create(actor, { publisher: DEMO_PUBLISHER, slug, title });
    });
    if (!(await this.licenses.hasVersion(slug))) await this.licenses.addVersion(actor, slug, CreateLicenseVersion.parse(version));
  }
}

/** Start may have been interrupted: what is there already is left as it is. */
export async function unlessTaken(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof Refusal && (error.code === 'slug-taken' || error.code === 'release-exists'))) throw error;
  }
}
