import { Injectable } from '@nestjs/common';
import type { CreateRules } from '@paddock/contracts';
import { Refusal, refuseUnfitRules, type Rule } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { refuseWithoutRole, type PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { RULE_VERSIONS, ruleVersion, type RuleVersion } from './rule-versions.js';

/** The rules of a model: written, run dry, switched on and off. A version never changes, for decisions name it. */
@Injectable()
export class RulesService {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
  ) {}

  async create(actor: PersonActor, slug: string, input: CreateRules) {
    return this.database.transaction(async (tx) => {
      const model = await ruledBy(tx, actor, slug, 'FOR NO KEY UPDATE');
      const rules: Rule[] = [];
      for (const rule of input.rules) rules.push(await withAccount(tx, rule));
      refuseUnfitRules(rules);
      const [row] = await tx.query<RuleVersion[]>(
        `INSERT INTO rule_version (id, model_id, n, rules, created_by)
         SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4 FROM rule_version WHERE model_id = $2 RETURNING *, 'untried' AS state`,
        [uuidv7(), model, JSON.stringify(rules), actor.account],
      );
      await this.events.append(actor, { kind: 'rules-written', subject: model, model, detail: { n: row!.n } }, tx);
      return shown(tx, slug, row!);
    });
  }

  async list(actor: PersonActor, slug: string) {
    const tx = this.database.manager;
    const model = await ruledBy(tx, actor, slug);
    const rows = await tx.query<RuleVersion[]>(`${RULE_VERSIONS} WHERE v.model_id = $1 ORDER BY v.n DESC`, [model]);
    return { items: await Promise.all(rows.map((row) => shown(tx, slug, row))), nextCursor: null };
  }

  async switch(actor: PersonActor, slug: string, n: number | null) {
    return this.database.transaction(async (tx) => {
      const model = await ruledBy(tx, actor, slug, 'FOR NO KEY UPDATE');
      const version = n === null ? null : await ruleVersion(tx, model, n);
      if (version?.state === 'untried') throw new Refusal('dry-run-required', `Rules ${version.n} were never run dry.`);
      await tx.query('INSERT INTO rule_switch (id, model_id, rule_version_id, account_id) VALUES ($1, $2, $3, $4)', [
        uuidv7(),
        model,
        version?.id ?? null,
        actor.account,
      ]);
      await this.events.append(actor, { kind: 'rules-switched', subject: model, model, detail: { n } }, tx);
      return { model: slug, n, state: n === null ? 'off' : 'on' };
    });
  }
}

/** Rules decide in the publisher's name, so the publisher's staff write them. */
export async function ruledBy(tx: EntityManager, actor: PersonActor, slug: string, lock = ''): Promise<string> {
  const [model] = await tx.query<{ id: string; publisher_id: string }[]>(`SELECT id, publisher_id FROM model WHERE slug = $1 ${lock}`, [
    slug,
  ]);
  if (!model) throw new Refusal('not-found', 'There is no such model.');
  refuseWithoutRole(actor, 'publisher', { publisher: model.publisher_id, model: model.id });
  return model.id;
}

/** Kept by account: an address may change hands. */
async function withAccount(tx: EntityManager, { assign, ...rule }: CreateRules['rules'][number]): Promise<Rule> {
  if (assign === undefined) return rule;
  const [person] = await tx.query<{ account_id: string }[]>('SELECT account_id FROM person WHERE lower(email) = lower($1)', [assign]);
  if (!person) throw new Refusal('rules-unfit', `${rule.id}: no account has the e-mail ${assign}`, { faults: [rule.id] });
  return { ...rule, assign: person.account_id };
}

async function shown(tx: EntityManager, model: string, { n, rules, created_at, state }: RuleVersion) {
  const accounts = rules.flatMap(({ assign }) => assign ?? []);
  const people = await tx.query<{ account_id: string; email: string | null }[]>(
    'SELECT account_id, email FROM person WHERE account_id = ANY ($1::uuid[])',
    [accounts],
  );
  const emails = new Map(people.map(({ account_id, email }) => [account_id, email]));
  const named = rules.map(({ assign, ...rule }) => (assign === undefined ? rule : { ...rule, assign: emails.get(assign) ?? null }));
  return { model, n, state, rules: named, createdAt: created_at };
}
