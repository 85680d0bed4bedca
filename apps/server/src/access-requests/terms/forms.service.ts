import { Injectable } from '@nestjs/common';
import type { CreateForm } from '@paddock/contracts';
import { formSchema, Refusal, refuseUnfitForm, type FormField } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { termsInForce } from '../../grants/terms-in-force.js';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';

export interface FormVersion {
  id: string;
  n: number;
  fields: FormField[];
  created_at: Date;
  in_force: boolean;
}

const VERSIONS = `
  SELECT f.id, f.n, f.fields, f.created_at,
    f.id IS NOT DISTINCT FROM (SELECT form_version_id FROM access_terms t WHERE t.model_id = f.model_id ORDER BY t.n DESC LIMIT 1) AS in_force
  FROM form_version f`;

/** The forms of a model. A version never changes: whoever answered it can be shown what they were asked. */
@Injectable()
export class FormsService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async compose(actor: PersonActor, slug: string, { fields }: CreateForm) {
    refuseUnfitForm(fields);
    return this.database.transaction(async (tx) => {
      const model = await publishedBy(tx, actor, slug, 'FOR NO KEY UPDATE');
      const [row] = await tx.query<FormVersion[]>(
        `INSERT INTO form_version (id, model_id, n, fields)
         SELECT $1, $2, coalesce(max(n), 0) + 1, $3 FROM form_version WHERE model_id = $2 RETURNING *, false AS in_force`,
        [uuidv7(), model, JSON.stringify(fields)],
      );
      await this.events.append(actor, { kind: 'form-composed', subject: model, model, detail: { n: row!.n } }, tx);
      return shown(slug, row!);
    });
  }

  async list(actor: PersonActor, slug: string) {
    const model = await publishedBy(this.database.manager, actor, slug);
    const rows = await this.database.query<FormVersion[]>(`${VERSIONS} WHERE f.model_id = $1 ORDER BY f.n DESC`, [model]);
    return { items: rows.map((row) => shown(slug, row)), nextCursor: null };
  }

  /** What an applicant is asked now; anybody may look before they sign up. */
  async inForce(slug: string) {
    const { form_version: id } = await termsInForce(this.database.manager, slug);
    const form = await formVersion(this.database.manager, id);
    return form ? shown(slug, form) : { model: slug, n: null, fields: [] };
  }
}

/** null where the terms ask for no form. */
export async function formVersion(tx: EntityManager, id: string | null): Promise<FormVersion | null> {
  if (id === null) return null;
  const [row] = await tx.query<FormVersion[]>(`${VERSIONS} WHERE f.id = $1`, [id]);
  return row ?? null;
}

function shown(model: string, { n, fields, created_at, in_force }: FormVersion) {
  return {
    model,
    n,
    state: in_force ? 'in-force' : 'composed',
    fields,
    schema: formSchema(`Request for access to ${model}`, fields),
    createdAt: created_at,
  };
}

async function publishedBy(tx: EntityManager, actor: PersonActor, slug: string, lock = ''): Promise<string> {
  const [model] = await tx.query<{ id: string; publisher_id: string }[]>(`SELECT id, publisher_id FROM model WHERE slug = $1 ${lock}`, [
    slug,
  ]);
  if (!model) throw new Refusal('not-found', 'There is no such model.');
  refuseWithoutRole(actor, 'publisher', { publisher: model.publisher_id, model: model.id });
  return model.id;
}
