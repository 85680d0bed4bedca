import { Swarm, type PeerAddress } from '@paddock/delivery';
import { AddressBook } from './address-book.js';
import {
  SEEDER_BELIEVED_SECONDS,
  type AdmittedAnnounce,
  type AnnounceOutcome,
  type Counts,
  type SwarmLimits,
  type Swarms,
} from './swarms.js';

const SWEEP_MS = 60_000;
const EMPTY: Counts = { complete: 0, incomplete: 0 };

/** The swarms of a portal that is one process. */
export class MemorySwarms implements Swarms {
  private readonly swarms = new Map<string, Swarm>();
  private readonly book: AddressBook;
  private readonly places = new Map<string, { place: Uint8Array; until: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limits: SwarmLimits,
    private readonly seconds: () => number,
  ) {
    this.book = new AddressBook(limits.addresses, limits.interval * 2);
    this.timer = setInterval(() => this.dropUnseen(), SWEEP_MS).unref();
  }

  announce({ release, secretHash, address, announce, hashClass }: AdmittedAnnounce): AnnounceOutcome {
    const now = this.seconds();
    const owner = this.book.ownerOf(secretHash);
    if (announce.event !== 'stopped' && !this.book.admits(owner, address, now)) return 'crowded';
    let swarm = this.swarms.get(release);
    if (!swarm) this.swarms.set(release, (swarm = new Swarm(Math.random)));
    return swarm.announce({ address, announce, hashClass, owner, now, minInterval: this.limits.minInterval });
  }

  counts(release: string): Counts {
    return this.swarms.get(release)?.counts() ?? EMPTY;
  }

  passkeysAt(release: string, address: PeerAddress): string[] {
    const owners = this.swarms.get(release)?.ownersAt(address) ?? [];
    return owners.map((owner) => this.book.secretHashOf(owner));
  }

  offerSeeder(place: Uint8Array): void {
    this.places.set(Buffer.from(place).toString('hex'), { place, until: this.seconds() + SEEDER_BELIEVED_SECONDS });
  }

  seeders(): readonly Uint8Array[] {
    const now = this.seconds();
    return [...this.places.values()].filter(({ until }) => until > now).map(({ place }) => place);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
  }

  private dropUnseen(): void {
    const since = this.seconds() - this.limits.interval * 2;
    for (const [release, swarm] of this.swarms) {
      swarm.dropUnseenSince(since);
      if (swarm.size === 0) this.swarms.delete(release);
    }
    if (this.swarms.size === 0) this.book.clear();
  }
}
