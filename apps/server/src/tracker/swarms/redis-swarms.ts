import { AdapterFailure } from '@paddock/domain';
import type { PeerAddress } from '@paddock/delivery';
import { createClient, type RedisClientType } from '@redis/client';
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ANNOUNCE_SCRIPT } from './announce-script.js';
import {
  SEEDER_BELIEVED_SECONDS,
  type AdmittedAnnounce,
  type AnnounceOutcome,
  type Counts,
  type SwarmLimits,
  type Swarms,
} from './swarms.js';

const SHA1 = createHash('sha1').update(ANNOUNCE_SCRIPT).digest('hex');
const SEEDERS = 'paddock:seeders';
const REFRESH_MS = 5000;
const IPV4_PLACE = 12;
const ANSWER_MS = 2000;

/** The swarms of several trackers, in one Valkey or Redis (not a cluster: a script touches keys of several slots). */
export class RedisSwarms implements Swarms {
  private places: Uint8Array[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly opened: Promise<unknown>;

  private constructor(
    private readonly client: RedisClientType<{}, {}, {}, 3, {}>,
    private readonly limits: SwarmLimits,
    private readonly seconds: () => number,
  ) {
    this.opened = client.connect().catch(() => undefined);
    this.timer = setInterval(() => void this.readSeeders(), REFRESH_MS).unref();
  }

  static at(url: string, limits: SwarmLimits, seconds: () => number, logger: Logger): RedisSwarms {
    const client = createClient({
      url,
      // Announces must not pile up while the server is away: clients come again.
      disableOfflineQueue: true,
      socket: { connectTimeout: 2000, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000) },
    });
    client.on('error', (error: unknown) => logger.warn({ error }, 'the swarm store does not answer'));
    return new RedisSwarms(client, limits, seconds);
  }

  async announce({ release, secretHash, address, announce, hashClass }: AdmittedAnnounce): Promise<AnnounceOutcome> {
    const place = Buffer.from(address).toString('hex');
    const peer = place + announce.port.toString(16).padStart(4, '0');
    const seed = announce.left === 0 ? '1' : '0';
    const keys = [
      ...['peers', 'seen', 'seeds'].map((part) => `paddock:swarm:${release}:${part}`),
      `paddock:passkey:${secretHash}`,
      keyOfAddress(release, place),
    ];
    const { interval, minInterval, addresses } = this.limits;
    const values = [this.seconds(), interval * 2, minInterval, addresses, peer, place, secretHash, hashClass, announce.event, seed];
    const reply = await this.run(keys, [...values, announce.uploaded, announce.downloaded, announce.numwant].map(String));
    const [complete, incomplete, uploaded, downloaded, ...peers] = reply as [number, number, string, string, ...string[]];
    if (complete === -1) return 'crowded';
    return {
      complete,
      incomplete,
      uploaded: since(Number(uploaded), announce.uploaded),
      downloaded: since(Number(downloaded), announce.downloaded),
      completed: announce.event === 'completed' ? 1 : 0,
      peers: Buffer.from(peers.filter(({ length }) => length === IPV4_PLACE).join(''), 'hex'),
      peers6: Buffer.from(peers.filter(({ length }) => length > IPV4_PLACE).join(''), 'hex'),
    };
  }

  async counts(release: string): Promise<Counts> {
    return this.asked(async () => {
      const [all, complete] = await Promise.all([
        this.client.hLen(`paddock:swarm:${release}:peers`),
        this.client.sCard(`paddock:swarm:${release}:seeds`),
      ]);
      return { complete, incomplete: all - complete };
    });
  }

  async passkeysAt(release: string, address: PeerAddress): Promise<string[]> {
    const since = this.seconds() - this.limits.interval * 2;
    const key = keyOfAddress(release, Buffer.from(address).toString('hex'));
    return this.asked(() => this.client.zRangeByScore(key, since, '+inf'));
  }

  async offerSeeder(place: Uint8Array): Promise<void> {
    await this.asked(() => this.client.zAdd(SEEDERS, { score: this.seconds(), value: Buffer.from(place).toString('hex') }));
    await this.readSeeders();
  }

  seeders(): readonly Uint8Array[] {
    return this.places;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.opened;
    this.client.destroy();
  }

  private async readSeeders(): Promise<void> {
    if (!this.client.isReady) return;
    const places = await this.client.zRangeByScore(SEEDERS, this.seconds() - SEEDER_BELIEVED_SECONDS, '+inf').catch(() => []);
    this.places = places.map((place) => Buffer.from(place, 'hex'));
  }

  private run(keys: string[], values: string[]): Promise<unknown> {
    return this.asked(async () => {
      try {
        return await this.client.evalSha(SHA1, { keys, arguments: values });
      } catch (error) {
        if (!String((error as Error).message).startsWith('NOSCRIPT')) throw error;
        return this.client.eval(ANNOUNCE_SCRIPT, { keys, arguments: values });
      }
    });
  }

  private async asked<T>(work: () => Promise<T>): Promise<T> {
    const late = new AbortController();
    try {
      return await Promise.race([this.opened.then(work), overdue(late.signal)]);
    } catch (error) {
      throw new AdapterFailure('swarm store', (error as Error).message, true);
    } finally {
      late.abort();
    }
  }
}

/** The client's own limit of time ends when a command is sent: a server that hangs would be waited for without end. */
async function overdue(signal: AbortSignal): Promise<never> {
  await setTimeout(ANSWER_MS, undefined, { signal, ref: false });
  throw new Error('it does not answer');
}

const keyOfAddress = (release: string, place: string) => `paddock:at:${release}:${place}`;

/** -1 for a peer of which nothing is known; one that counts less than before has started anew. */
function since(before: number, now: number): number {
  if (before < 0) return 0;
  return now >= before ? now - before : now;
}
