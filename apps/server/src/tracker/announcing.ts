import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  announceAnswer,
  failureAnswer,
  HASH_CLASS,
  peerAddress,
  readAnnounce,
  readScrape,
  scrapeAnswer,
  type Announce,
} from '@paddock/delivery';
import { Refusal, REFUSALS } from '@paddock/domain';
import { PasskeyGate } from '../delivery/passkeys/passkey-gate.js';
import { PasskeyUsage } from '../delivery/passkeys/passkey-usage.js';
import type { PasskeyFacts } from '../grants/passkey-facts.js';
import { refusalOf } from '../http/problem-filter.js';
import { Runtime } from '../http/runtime.js';
import { SightingsService } from './sightings/sightings.service.js';
import { limitsOf, swarmsFor } from './swarms/configured-swarms.js';
import type { AnnounceOutcome, SwarmLimits, Swarms } from './swarms/swarms.js';

/**
 * Answers announces and scrapes. Where the gate's facts are fresh and swarms are in memory it answers without waiting for
 * anything, which most announces of a busy tracker are.
 */
@Injectable()
export class Announcing implements OnApplicationShutdown {
  readonly swarms: Swarms;
  private readonly limits: SwarmLimits;

  constructor(
    private readonly gate: PasskeyGate,
    private readonly usage: PasskeyUsage,
    private readonly sightings: SightingsService,
    private readonly runtime: Runtime,
  ) {
    this.limits = limitsOf(runtime.config);
    this.swarms = swarmsFor(runtime);
  }

  /** Never throws: whatever goes wrong is a failure reason. */
  announce(passkey: string, query: string, address: string): Buffer | Promise<Buffer> {
    try {
      const facts = this.gate.admitted(passkey);
      const answer = facts ? this.admitted(facts, query, address) : this.asked(passkey, query, address);
      return answer instanceof Promise ? answer.catch((error: unknown) => this.failure(error)) : answer;
    } catch (error) {
      return this.failure(error);
    }
  }

  /** BEP 48: of the passkey's own release alone. */
  async scrape(passkey: string, query: string): Promise<Buffer> {
    try {
      const facts = await this.gate.admit(passkey);
      const hashes = readScrape(query);
      if (typeof hashes === 'string') throw new Refusal('announce-unfit', `${hashes}.`);
      for (const hash of hashes) refuseForeign(facts, hash);
      const counts = await this.swarms.counts(facts.release);
      const named = hashes.length > 0 ? hashes : [facts.infoHashV1];
      return scrapeAnswer(new Map(named.map((hash) => [hash, { ...counts, downloaded: 0 }])));
    } catch (error) {
      return this.failure(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.swarms.close();
  }

  private async asked(passkey: string, query: string, address: string): Promise<Buffer> {
    return this.admitted(await this.gate.admit(passkey), query, address);
  }

  private admitted(facts: PasskeyFacts, query: string, address: string): Buffer | Promise<Buffer> {
    const announce = readAnnounce(query);
    if (typeof announce === 'string') throw new Refusal('announce-unfit', `${announce}.`);
    const hashClass = refuseForeign(facts, announce.infoHash);
    const { release, secretHash } = facts;
    const outcome = this.swarms.announce({ release, secretHash, address: peerAddress(address), announce, hashClass });
    return outcome instanceof Promise ? outcome.then((done) => this.answer(facts, announce, done)) : this.answer(facts, announce, outcome);
  }

  private answer(facts: PasskeyFacts, announce: Announce, outcome: AnnounceOutcome): Buffer {
    if (outcome === 'crowded') {
      this.sightings.crowded(facts, this.limits.addresses);
      throw new Refusal('passkey-crowded', `It is in use at ${this.limits.addresses} addresses already.`, { grant: facts.grant });
    }
    if (outcome.uploaded > 0 || outcome.downloaded > 0 || outcome.completed > 0) this.usage.add(facts, outcome);
    this.runtime.metrics.announces.inc();
    const { interval, minInterval } = this.limits;
    return announceAnswer(announce.left > 0 && announce.event !== 'stopped' ? this.withSeeders(outcome) : outcome, interval, minInterval);
  }

  private withSeeders<A extends { complete: number; peers: Uint8Array; peers6: Uint8Array }>(answer: A): A {
    const seeders = this.swarms.seeders();
    if (seeders.length === 0) return answer;
    const [v4, v6] = [seeders.filter(({ length }) => length === 6), seeders.filter(({ length }) => length > 6)];
    return {
      ...answer,
      complete: answer.complete + seeders.length,
      peers: Buffer.concat([...v4, answer.peers]),
      peers6: v6.length > 0 ? Buffer.concat([...v6, answer.peers6]) : answer.peers6,
    };
  }

  /** In words that clients show: what is wrong, and what to do about it. */
  private failure(error: unknown): Buffer {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal-error') this.runtime.logger.error({ error }, 'an announce could not be answered');
    this.runtime.metrics.announcesRefused.inc({ code: refusal.code });
    const { remedy, link } = REFUSALS[refusal.code];
    return failureAnswer(`${refusal.detail} ${remedy}${link === null ? '' : ` ${this.runtime.publicUrl}${link}`}`);
  }
}

function refuseForeign(facts: PasskeyFacts, infoHash: string): number {
  if (infoHash === facts.infoHashV1) return HASH_CLASS.v1;
  if (infoHash === facts.infoHashV2) return HASH_CLASS.v2;
  if (infoHash === facts.infoHashAria2) return HASH_CLASS.aria2;
  throw new Refusal('torrent-foreign', `The passkey opens \`${facts.modelSlug}\` \`${facts.releaseName}\` and no other torrent.`);
}
