import type { Announce, PeerAddress, SwarmChange } from '@paddock/delivery';

/** One announce that the gate admitted. */
export interface AdmittedAnnounce {
  release: string;
  /** Of the passkey, 64 hexadecimal digits. */
  secretHash: string;
  address: PeerAddress;
  announce: Announce;
  /** One of HASH_CLASS. */
  hashClass: number;
}

/** `crowded`: the passkey is in use at as many addresses as are allowed, and this is another one. */
export type AnnounceOutcome = SwarmChange | 'crowded';

export interface Counts {
  complete: number;
  incomplete: number;
}

export interface SwarmLimits {
  /** Seconds. A peer that has not announced for twice as long is gone. */
  interval: number;
  minInterval: number;
  /** Addresses that one passkey may be used from at a time. */
  addresses: number;
}

/**
 * Who is in which swarm: in this process, or in Valkey or Redis for several trackers. Nothing of it is evidence, and all
 * of it may be lost: peers announce again.
 */
export interface Swarms {
  announce(one: AdmittedAnnounce): AnnounceOutcome | Promise<AnnounceOutcome>;
  counts(release: string): Counts | Promise<Counts>;
  /** Hashes of the passkeys that were announced with from this address. */
  passkeysAt(release: string, address: PeerAddress): string[] | Promise<string[]>;
  /** Says that a seeder stands ready at this compact address (6 or 18 bytes); to be said again within a minute. */
  offerSeeder(place: Uint8Array): void | Promise<void>;
  /** Compact addresses of the seeders that stand ready. */
  seeders(): readonly Uint8Array[];
  close(): Promise<void>;
}

export const SEEDER_BELIEVED_SECONDS = 60;
