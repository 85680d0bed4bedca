import { Injectable } from '@nestjs/common';
import type { Refusal, RefusalCode } from '@paddock/domain';
import { EventLog } from '../../ledger/event-log.js';
import type { Admission } from './pull-gate.js';
import type { RegistryCaller } from './registry-callers.js';

/** What is pulled in one request. */
export interface Pull {
  caller: RegistryCaller;
  requestId: string;
  /** `publisher/name`. */
  repository: string;
  digest: string;
  /** Of a release's file. */
  path: string | null;
}

/** What became of each blob that was asked for, as of each download by link. */
@Injectable()
export class PullLedger {
  constructor(private readonly events: EventLog) {}

  async record(
    kind: 'pull-started' | 'pull-ended' | 'pull-redirected' | 'pull-refused',
    { caller, requestId, repository, digest, path }: Pull,
    { grant, holder, model, release }: Admission,
    detail: Record<string, unknown>,
    code?: RefusalCode,
  ): Promise<void> {
    await this.events.append(
      { account: caller.account, seat: caller.seat, requestId },
      {
        kind,
        subject: grant,
        model,
        holder,
        detail: { ...detail, channel: 'oci', repository, digest, ...(path !== null && { path }), ...(release && { release }) },
        ...(code && { code }),
      },
    );
  }

  /** Of somebody who said who they are; what nobody in particular is refused is the beginning of every login. */
  async refused(pull: Pull, model: string | null, { code, facts }: Refusal): Promise<void> {
    if (pull.caller.account === null && pull.caller.seat === null) return;
    const grant = typeof facts['grant'] === 'string' ? facts['grant'] : null;
    await this.record('pull-refused', pull, { grant, holder: null, model, release: null }, { bytes: 0 }, code);
  }
}
