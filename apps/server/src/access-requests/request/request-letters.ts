import { Injectable } from '@nestjs/common';
import type { RequestCommandName, RequestOutcome } from '@paddock/domain';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { Mailbox } from '../../mail/mailbox.js';
import type { AccessRequestRecord } from './access-request.entity.js';

/** What the applicant is told of each step that others took. Silence is what applicants complain of most. */
@Injectable()
export class RequestLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  async write(
    tx: EntityManager,
    record: AccessRequestRecord,
    command: { name: RequestCommandName; reason?: string | undefined },
    outcome: RequestOutcome,
  ): Promise<void> {
    await this.send(tx, record, (model) => wording(model, command, outcome), { label: 'See your requests', path: '/access-requests' });
  }

  /** A renewal that added a period: there is nothing to accept. */
  async renewed(tx: EntityManager, record: AccessRequestRecord): Promise<void> {
    const words = (model: string) => ({
      subject: `Your access to ${model} is renewed`,
      body: 'A further period follows the one that runs. Links and tokens go on without a break; there is nothing to accept.',
    });
    await this.send(tx, record, words, { label: 'See your grants', path: '/grants' });
  }

  /** The model opened in another way, so that nobody decides any more. */
  async closed(tx: EntityManager, request: Pick<AccessRequestRecord, 'applicantId' | 'modelId'>, next: string): Promise<void> {
    const words = (model: string) => ({
      subject: `Your request for ${model} is no longer needed`,
      body: `The terms of ${model} have changed: you can ${next} without a decision.`,
    });
    await this.send(tx, request, words, { label: 'See the models', path: '/models' });
  }

  private async send(
    tx: EntityManager,
    { applicantId, modelId }: Pick<AccessRequestRecord, 'applicantId' | 'modelId'>,
    words: (model: string) => { subject: string; body: string } | undefined,
    link: { label: string; path: string },
  ): Promise<void> {
    const [person] = await tx.query<{ email: string | null; model: string }[]>(
      'SELECT p.email, m.slug AS model FROM person p JOIN model m ON m.id = $2 WHERE p.account_id = $1',
      [applicantId, modelId],
    );
    const said = person && words(person.model);
    if (!said || !person.email) return;
    await this.mailbox.keep(tx, {
      account: applicantId,
      to: person.email,
      ...said,
      link: { label: link.label, url: `${this.runtime.publicUrl}${link.path}` },
    });
  }
}

function wording(
  model: string,
  { name, reason }: { name: RequestCommandName; reason?: string | undefined },
  outcome: RequestOutcome,
): { subject: string; body: string } | undefined {
  switch (name) {
    case 'submit':
      return { subject: `Your request for ${model} has arrived`, body: 'A reviewer will decide it. You will be told by mail.' };
    case 'return':
      return {
        subject: `Your request for ${model} needs a correction`,
        body: `The reviewer asks: ${reason ?? ''}\n\nYour place in the queue is kept.`,
      };
    case 'approve':
      return outcome.awaitsApproval
        ? undefined
        : {
            subject: `Your request for ${model} is approved`,
            body: 'Read and accept the agreement within 30 days; then you can download.',
          };
    case 'reject':
      return {
        subject: `Your request for ${model} was rejected`,
        body: `The reason: ${reason ?? ''}\n\nYou may appeal once within 30 days; where there is another reviewer, they decide.`,
      };
    default:
      return undefined;
  }
}
