import type { AccessRequest, LicenseeInput } from '@paddock/contracts';
import type { AnswerFault, RequestKind } from '@paddock/domain';
import { call, Refused } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { withoutFaults } from '../form/answering.js';

export type Request = Wire<typeof AccessRequest>;

/** The id of the control for the use statement. */
export const STATEMENT = 'use-statement';

/** What a request holds besides for whom it is. */
export interface Said {
  answers: Record<string, unknown>;
  useStatement?: string;
}

/** What the draft will be: of a renewal with the request that it follows. */
export interface Asked {
  model: string;
  kind: RequestKind;
  previous?: string;
}

/** The draft as the server keeps it: made by the first save, changed by the next ones, one call after another. */
export class Draft {
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly asked: Asked,
    /** As the API gives it; undefined while nothing is kept. */
    public request: Request | undefined,
  ) {}

  /** `licensee` is read where there is no draft yet. */
  async put(said: Said, licensee: LicenseeInput | undefined): Promise<void> {
    this.request = this.request
      ? await call<Request>('PATCH', `/access-requests/${this.request.id}`, { body: said })
      : await call<Request>('POST', '/access-requests', { body: { ...this.asked, licensee, ...said } });
  }

  /** Keeps what fits, and returns what does not: a half-written answer keeps none of the others from being saved. */
  async keep(said: Said, licensee: LicenseeInput | undefined): Promise<AnswerFault[]> {
    try {
      await this.put(said, licensee);
      return [];
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'answers-unfit') throw error;
      const faults = error.problem['faults'] as AnswerFault[];
      await this.put({ ...said, answers: withoutFaults(said.answers, faults) }, licensee);
      return faults;
    }
  }

  async submit(): Promise<Request> {
    return call<Request>('POST', `/access-requests/${this.request!.id}/submit`, { body: {} });
  }

  async withdraw(): Promise<void> {
    await call('POST', `/access-requests/${this.request!.id}/withdraw`, { body: {} });
    this.request = undefined;
  }

  /** Two calls at once could save the older answers last. */
  inTurn<Answer>(next: () => Promise<Answer>): Promise<Answer> {
    const before = this.working;
    const turn = (async () => {
      await before.catch(() => undefined);
      return next();
    })();
    this.working = turn;
    return turn;
  }
}
