import { Injectable } from '@nestjs/common';
import { CHANNELS, channelBits, Refusal, type AccessFacts } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { BELIEVED_MS, BelievedAnswers } from '../../database/believed-answers.js';
import type { GatheredFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import { gatherForPull, gatherForRuntime, type Puller } from '../../grants/pull-facts.js';
import type { Repository } from './repositories.js';

/** What somebody wants to pull, as far as the gate must know: a file of a release, or anything of a runtime. */
export type Wanted = { kind: 'release'; release: string; access: 'gated' | 'public' } | { kind: 'runtime'; runtime: Repository };

/** By which grant something is pulled; null where everybody may. */
export interface Admission {
  grant: string | null;
  holder: string | null;
  model: string | null;
  release: string | null;
}

/** A runtime that its publisher opened to everybody asks for nothing. */
const EVERYBODY: AccessFacts = {
  releaseState: 'published',
  artifactAccess: 'public',
  grantReach: 'everything',
  pending: false,
  revoked: false,
  replaced: false,
  suspended: false,
  grantFrom: -Infinity,
  grantUntil: Infinity,
  holderFrom: -Infinity,
  holderUntil: Infinity,
  assentRequired: false,
  accepted: false,
  acceptanceUntil: Infinity,
  prerequisitesUntil: Infinity,
  channels: channelBits(CHANNELS),
};
const EVERYBODY_GATHERED: GatheredFacts = {
  facts: EVERYBODY,
  now: 0,
  grant: '',
  licensee: null,
  holder: null,
  model: '',
  modelSlug: '',
  release: '',
  releaseName: '',
  replacement: null,
  asked: null,
  prerequisites: [],
};
const NOBODY: Admission = { grant: null, holder: null, model: null, release: null };

/**
 * The gate for manifests and blobs. A registry request names no grant, so that each of the caller's counts: one that opens
 * is enough, and where none does, the newest one's refusal is told.
 */
@Injectable()
export class PullGate {
  private readonly known = new BelievedAnswers<GatheredFacts[]>();

  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
  ) {}

  /** @throws Refusal */
  async admit(caller: Puller, wanted: Wanted, believedMs = BELIEVED_MS): Promise<Admission> {
    if (wanted.kind === 'runtime' && wanted.runtime.access === 'public') {
      this.gate.refuse(EVERYBODY_GATHERED, 'oci');
      return NOBODY;
    }
    const all = await this.gathered(caller, wanted, believedMs);
    const allowed = all.find((one) => this.gate.allows(one, 'oci'));
    const judged = allowed ?? all.find(({ licensee }) => licensee !== null) ?? all[0];
    if (!judged) throw nothingCovers(caller);
    try {
      this.gate.refuse(judged, 'oci');
    } catch (error) {
      if (error instanceof Refusal && error.code === 'access-not-granted') throw nothingCovers(caller);
      throw error;
    }
    const { grant, holder, licensee, model, release } = judged;
    return { grant, holder: licensee === null ? null : holder, model, release };
  }

  private async gathered(caller: Puller, wanted: Wanted, believedMs: number): Promise<GatheredFacts[]> {
    const { account, seat, licensee } = caller;
    const of = wanted.kind === 'release' ? wanted.release : wanted.runtime.publisher;
    const { answer, age } = await this.known.of(`${account} ${seat} ${licensee} ${of}`, believedMs, () =>
      wanted.kind === 'release' ? gatherForPull(this.database, caller, of) : gatherForRuntime(this.database, caller, of),
    );
    const artifactAccess = wanted.kind === 'release' ? wanted.access : 'gated';
    return answer.map((one) => ({ ...one, facts: { ...one.facts, artifactAccess }, now: one.now + age }));
  }
}

/** Who has said nothing about themselves is asked to first. */
function nothingCovers({ account, seat }: Puller): Refusal {
  if (account !== null || seat !== null) return new Refusal('access-not-granted', 'None of your grants covers this.');
  return new Refusal('unauthenticated', 'This is for licensees: log in with any user name and an access token as password.');
}
