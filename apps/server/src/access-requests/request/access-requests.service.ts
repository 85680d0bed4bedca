import { Injectable } from '@nestjs/common';
import type { RequestCommandBody } from '@paddock/contracts';
import { decideRequest, type RequestCommandName, type RequestOutcome, type RequestState } from '@paddock/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { type PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';
import { DecisionsService } from '../review/decisions.service.js';
import { ReviewerLetters } from '../review/reviewer-letters.js';
import { Arrivals } from '../rules/arrivals.service.js';
import { AccessRequestRecord } from './access-request.entity.js';
import { RequestAccess } from './request-access.js';

const NEWS = {
  appeal: { subject: 'An appeal waits for you', body: 'An applicant asks for another look at a rejection.' },
  approve: { subject: 'A second approval waits for you', body: 'A reviewer has approved a request that two people must approve.' },
  withdraw: { subject: 'A request that you have in hand was withdrawn', body: 'There is nothing to decide any more.' },
} as const;

@Injectable()
export class AccessRequestsService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly decisions: DecisionsService,
    private readonly arrivals: Arrivals,
    private readonly access: RequestAccess,
    private readonly reviewers: ReviewerLetters,
    private readonly events: EventLog,
  ) {}

  /** Runs one command of the table: loads, decides purely, writes state, decision, ledger entry and event together. */
  async command(actor: PersonActor, id: string, name: RequestCommandName, body: RequestCommandBody): Promise<RequestState> {
    return this.change(actor, id, { name, ...body }, async (tx, record, outcome) => {
      await this.decisions.record(tx, actor, record, { name, ...body }, outcome);
      if (name === 'appeal' || outcome.awaitsApproval || (name === 'withdraw' && record.assignedTo !== null))
        await this.tellReviewers(tx, actor, record, name);
      return name === 'submit' ? this.arrivals.receive(tx, actor, id) : outcome.state;
    });
  }

  /** What others did that reviewers wait for, or need not wait for any more. */
  private tellReviewers(tx: EntityManager, actor: PersonActor, record: AccessRequestRecord, name: RequestCommandName): Promise<void> {
    return this.reviewers.tell(tx, record, {
      ...NEWS[name === 'appeal' || name === 'withdraw' ? name : 'approve'],
      link: { label: 'See it', path: `/review/${record.id}` },
      by: actor.account,
      ...(name === 'withdraw' && { assignedTo: record.assignedTo }),
    });
  }

  /** Loads and locks the request, decides purely, records the event, and lets `write` keep what the command brings about. */
  async change(
    actor: PersonActor,
    id: string,
    command: { name: RequestCommandName } & RequestCommandBody,
    write: (tx: EntityManager, record: AccessRequestRecord, outcome: RequestOutcome) => Promise<RequestState | void>,
  ): Promise<RequestState> {
    return this.database.transaction(async (tx) => {
      const { record, facts, author } = await this.access.load(tx, actor, id, command.name);
      const outcome = decideRequest(facts, command, author, this.runtime.now().getTime());
      await this.events.append(
        actor,
        { kind: `request-${command.name}`, subject: id, model: record.modelId, detail: { from: record.state, to: outcome.state } },
        tx,
      );
      return (await write(tx, record, outcome)) ?? outcome.state;
    });
  }
}
