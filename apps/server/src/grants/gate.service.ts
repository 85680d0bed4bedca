import { Injectable } from '@nestjs/common';
import { effectiveAccess, Refusal, REFUSALS, shownUnmet, type Channel, type RefusalCode } from '@paddock/domain';
import { Runtime } from '../http/runtime.js';
import type { GatheredFacts } from './access-facts.js';

/** Every way to bytes ends here: gathered facts go in, a Refusal with its remedy comes out, or nothing. */
@Injectable()
export class GateService {
  constructor(private readonly runtime: Runtime) {}

  /** Throws the refusal that the pure gate gives, worded for the person. */
  refuse(gathered: GatheredFacts, channel: Channel): void {
    const access = effectiveAccess(gathered.facts, channel, gathered.now);
    this.runtime.metrics.gate.inc({ channel, code: access.allowed ? 'allowed' : access.code });
    if (!access.allowed) throw refusalFor(access.code, gathered, channel);
  }

  allows(gathered: GatheredFacts, channel: Channel): boolean {
    return effectiveAccess(gathered.facts, channel, gathered.now).allowed;
  }
}

function refusalFor(
  code: RefusalCode,
  { facts, releaseName, replacement, grant, prerequisites }: GatheredFacts,
  channel: Channel,
): Refusal {
  const date = (time: number) => new Date(time).toISOString();
  switch (code) {
    case 'release-withdrawn':
      return new Refusal(code, `Release \`${releaseName}\` was withdrawn${replacement ? `; use \`${replacement}\`` : ''}.`, {
        replacement,
      });
    case 'grant-expired':
      return new Refusal(code, `The grant ended on ${date(facts.grantUntil)}.`, { grant });
    case 'acceptance-outdated':
      return new Refusal(code, `A newer text must be accepted since ${date(facts.acceptanceUntil)}.`, { grant });
    case 'prerequisite-expired': {
      const unmet = prerequisites.filter(({ state }) => state !== 'satisfied').map(shownUnmet);
      return new Refusal(code, unmet.map(({ kind, state }) => `${kind}: ${state}`).join('; '), { grant, prerequisites: unmet });
    }
    case 'channel-not-allowed':
      return new Refusal(code, `The accepted license version does not allow the channel \`${channel}\`.`, { grant });
    default:
      return new Refusal(code, `${REFUSALS[code].title}.`, { grant });
  }
}
