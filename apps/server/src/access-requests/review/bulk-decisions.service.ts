import { Injectable } from '@nestjs/common';
import { problemOf, type BulkDecision, type Problem } from '@paddock/contracts';
import type { RequestState } from '@paddock/domain';
import type { PersonActor } from '../../http/actor.js';
import { refusalOf } from '../../http/problem-filter.js';
import { Runtime } from '../../http/runtime.js';
import { AccessRequestsService } from '../request/access-requests.service.js';

type Decided = { id: string; result: 'done'; state: RequestState } | { id: string; result: 'refused'; problem: Problem };

/** Part of the pool, so that other people's requests go on meanwhile. */
const AT_ONCE = 4;

/** Decides many requests, each in its own transaction with its own decision, event and letter: one refusal undoes no other. */
@Injectable()
export class BulkDecisions {
  constructor(
    private readonly runtime: Runtime,
    private readonly requests: AccessRequestsService,
  ) {}

  async decide(actor: PersonActor, { command, reason, requests }: BulkDecision) {
    const items: Decided[] = [];
    const queue = requests.entries();
    const worker = async () => {
      for (const [index, { id, seen }] of queue) items[index] = await this.one(actor, id, { name: command, reason, seen });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const done = items.filter(({ result }) => result === 'done').length;
    return { items, done, refused: items.length - done };
  }

  private async one(
    actor: PersonActor,
    id: string,
    { name, ...body }: Pick<BulkDecision, 'reason'> & { name: BulkDecision['command']; seen: BulkDecision['requests'][number]['seen'] },
  ): Promise<Decided> {
    try {
      return { id, result: 'done', state: await this.requests.command(actor, id, name, body) };
    } catch (error) {
      const { code, detail, facts } = refusalOf(error);
      if (code === 'internal-error') this.runtime.logger.error({ requestId: actor.requestId, error });
      const problem = problemOf(code, detail, facts, { publicUrl: this.runtime.publicUrl, requestId: actor.requestId });
      return { id, result: 'refused', problem };
    }
  }
}
