import { Injectable } from '@nestjs/common';
import { effectiveAccess, Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { BELIEVED_MS, FRESH_MS } from '../../database/believed-answers.js';
import { GateService } from '../../grants/gate.service.js';
import { gatherForPasskey, type PasskeyFacts } from '../../grants/passkey-facts.js';
import { hashSecret } from '../../http/keys.js';

const PASSKEY = /^[A-Za-z0-9_-]{32}$/;
/** Answers that are remembered before the old ones are cleared away. */
const MOST = 10_000;

interface Known {
  at: number;
  facts: PasskeyFacts | undefined;
  answer: Promise<PasskeyFacts | undefined> | undefined;
}

/**
 * The gate for whoever comes with a passkey. Clients announce and fetch piece by piece, so that facts are believed for
 * less than a second instead of being read at each request; they are judged at each, at that moment's time.
 */
@Injectable()
export class PasskeyGate {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
  ) {}

  /** Of a passkey that is admitted now. @throws Refusal */
  async admit(passkey: string, believedMs = BELIEVED_MS): Promise<PasskeyFacts> {
    const fresh = this.admitted(passkey, believedMs);
    if (fresh) return fresh;
    return this.judge(PASSKEY.test(passkey) ? await this.facts(passkey, hashSecret(passkey), believedMs) : undefined);
  }

  /** While bytes flow, for those who keep only the hash of a passkey, 64 hexadecimal digits. @throws Refusal */
  async admitByHash(secretHash: string): Promise<PasskeyFacts> {
    const fresh = this.admitted(secretHash, FRESH_MS);
    return fresh ?? this.judge(await this.facts(secretHash, Buffer.from(secretHash, 'hex'), FRESH_MS));
  }

  /** The same without waiting, where the answer is yes and its facts are fresh. */
  admitted(passkey: string, believedMs = BELIEVED_MS): PasskeyFacts | undefined {
    const known = this.known.get(passkey);
    if (!known?.facts) return undefined;
    const age = performance.now() - known.at;
    if (age > believedMs) return undefined;
    const { facts } = known;
    const now = facts.now + age;
    return isOver(facts, now) || !effectiveAccess(facts.facts, 'torrent', now).allowed ? undefined : facts;
  }

  private async facts(key: string, secretHash: Buffer, believedMs: number): Promise<PasskeyFacts | undefined> {
    const known = this.known.get(key);
    if (known && performance.now() - known.at <= believedMs) return known.answer ?? known.facts;
    if (this.known.size >= MOST) this.forget();
    const asked: Known = { at: performance.now(), facts: undefined, answer: undefined };
    asked.answer = gatherForPasskey(this.database, secretHash);
    this.known.set(key, asked);
    try {
      asked.facts = await asked.answer;
      return asked.facts;
    } catch (error) {
      this.known.delete(key);
      throw error;
    } finally {
      asked.answer = undefined;
    }
  }

  private forget(): void {
    const since = performance.now() - BELIEVED_MS;
    for (const [passkey, { at }] of this.known) if (at < since) this.known.delete(passkey);
    if (this.known.size >= MOST) this.known.clear();
  }

  private judge(facts: PasskeyFacts | undefined): PasskeyFacts {
    if (!facts) throw new Refusal('passkey-unknown', 'The portal has issued no such passkey.');
    this.gate.refuse(facts, 'torrent');
    if (isOver(facts, facts.now)) throw new Refusal('passkey-rotated', 'Another passkey has taken its place.', { grant: facts.grant });
    return facts;
  }
}

function isOver({ validUntil }: PasskeyFacts, now: number): boolean {
  return validUntil !== null && now >= validUntil;
}
