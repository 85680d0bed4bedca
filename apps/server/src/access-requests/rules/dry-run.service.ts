import { Injectable } from '@nestjs/common';
import type { DryRun } from '@paddock/contracts';
import { evaluateRules, type Verdict } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SealedRecords } from '../../accounts/sealed-records.js';
import type { PersonActor } from '../../http/actor.js';
import { EventLog } from '../../ledger/event-log.js';
import { ruledBy } from './rules.service.js';
import { ruleVersion } from './rule-versions.js';
import { trustOf } from './trust.js';

const MOST_REQUESTS = 5000;
const MOST_SHOWN = 100;

interface PastRequest {
  id: string;
  state: string;
  answers_id: string | null;
  approvals: 1 | 2;
}

/** What rules would have made of past requests, beside what people made of them. Nothing is decided. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly database: DataSource,
    private readonly sealed: SealedRecords,
    private readonly events: EventLog,
  ) {}

  async run(actor: PersonActor, slug: string, n: number): Promise<DryRun> {
    return this.database.transaction(async (tx) => {
      const model = await ruledBy(tx, actor, slug);
      const version = await ruleVersion(tx, model, n);
      const requests = await tx.query<PastRequest[]>(
        `SELECT q.id, q.state, q.answers_id, t.approvals FROM access_request q JOIN access_terms t ON t.id = q.terms_id
         WHERE q.model_id = $1 AND q.submitted_at IS NOT NULL ORDER BY q.submitted_at DESC LIMIT ${MOST_REQUESTS}`,
        [model],
      );
      const facts = await this.factsOf(tx, requests);
      const verdicts = requests.map((request) => ({
        request,
        verdict: evaluateRules(version.rules, facts.get(request.id)!, request.approvals),
      }));
      const outcome = { model: slug, n, ...compared(verdicts) };
      const { items: _, ...counts } = outcome;
      await tx.query('INSERT INTO rule_dry_run (id, rule_version_id, account_id, outcome) VALUES ($1, $2, $3, $4)', [
        uuidv7(),
        version.id,
        actor.account,
        JSON.stringify(counts),
      ]);
      await this.events.append(actor, { kind: 'rules-run-dry', subject: model, model, detail: { n, requests: requests.length } }, tx);
      return outcome;
    });
  }

  private async factsOf(tx: EntityManager, requests: PastRequest[]) {
    const trust = await trustOf(
      tx,
      requests.map(({ id }) => id),
    );
    const answers = await this.sealed.readMany<Record<string, unknown>>(
      requests.flatMap(({ answers_id }) => answers_id ?? []),
      tx,
    );
    return new Map(
      requests.map(({ id, answers_id }) => [id, { answers: answers.get(answers_id ?? '') ?? {}, trust: trust.get(id) ?? {} }]),
    );
  }
}

type Compared = { request: PastRequest; verdict: Verdict };

function compared(all: Compared[]): Omit<DryRun, 'model' | 'n'> {
  const count = (fits: (one: Compared) => boolean) => all.filter(fits).length;
  const decided = all.filter(({ request, verdict }) => isDecided(request) && verdict.decision !== 'person');
  const differing = all.filter((one) => differs(one) || faultOf(one.verdict) !== null);
  return {
    requests: all.length,
    counts: {
      approve: count(({ verdict }) => verdict.decision === 'approve'),
      reject: count(({ verdict }) => verdict.decision === 'reject'),
      person: count(({ verdict }) => verdict.decision === 'person'),
      faults: count(({ verdict }) => faultOf(verdict) !== null),
    },
    agree: decided.filter((one) => !differs(one)).length,
    differ: decided.filter(differs).length,
    items: differing
      .filter(({ request }) => isDecided(request))
      .slice(0, MOST_SHOWN)
      .map(({ request, verdict }) => ({
        request: request.id,
        was: request.state as 'approved' | 'rejected',
        would: verdict.decision,
        rule: verdict.rule,
        fault: faultOf(verdict),
      })),
  };
}

const isDecided = ({ state }: PastRequest) => state === 'approved' || state === 'rejected';
const faultOf = (verdict: Verdict) => (verdict.decision === 'person' ? (verdict.fault ?? null) : null);

function differs({ request, verdict }: Compared): boolean {
  return isDecided(request) && verdict.decision !== 'person' && (verdict.decision === 'approve') !== (request.state === 'approved');
}
