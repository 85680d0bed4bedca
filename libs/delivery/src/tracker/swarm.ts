import type { Announce } from './announce-query.js';
import type { SwarmAnswer } from './answers.js';
import type { PeerAddress } from './peer-address.js';
import { PeerTable } from './peer-table.js';

/** Under which of a hybrid's info hashes a peer is found: it shakes hands with those that know the same one. */
export const HASH_CLASS = { v1: 1, v2: 2, aria2: 4 } as const;

export interface Announced {
  address: PeerAddress;
  announce: Announce;
  /** One of HASH_CLASS. */
  hashClass: number;
  /** Number of the passkey that it was announced with. */
  owner: number;
  /** Seconds. */
  now: number;
  /** Asked again sooner, with nothing new to say, a peer is given no peers. */
  minInterval: number;
}

/** What became of an announce. The bytes are those since the peer's last one. */
export interface SwarmChange extends SwarmAnswer {
  uploaded: number;
  downloaded: number;
  completed: number;
}

const NONE = new Uint8Array(0);
/** Peers looked at for each one that is wanted: those of another hash class, and seeds for a seed, do not count. */
const LOOKS = 4;

/** The peers of one release, in memory. Pure but for the choice of peers, whose randomness is an argument. */
export class Swarm {
  private readonly table = new PeerTable();
  private complete = 0;

  constructor(private readonly random: () => number) {}

  get size(): number {
    return this.table.size;
  }

  announce({ address, announce, hashClass, owner, now, minInterval }: Announced): SwarmChange {
    const { table } = this;
    const { port, event, left } = announce;
    const known = table.find(address, port);
    const before =
      known < 0 || event === 'started' ? undefined : { uploaded: table.uploaded[known]!, downloaded: table.downloaded[known]! };
    const hurried = known >= 0 && event === '' && (table.classes[known]! & hashClass) !== 0 && now - table.seen[known]! < minInterval / 2;
    if (known >= 0 && table.seed[known]) this.complete -= 1;
    if (event === 'stopped') {
      if (known >= 0) table.removeAt(known);
    } else {
      const at = known >= 0 ? known : table.add(address, port);
      table.seed[at] = left === 0 ? 1 : 0;
      if (left === 0) this.complete += 1;
      table.classes[at] = table.classes[at]! | hashClass;
      table.owner[at] = owner;
      table.seen[at] = now;
      table.uploaded[at] = announce.uploaded;
      table.downloaded[at] = announce.downloaded;
    }
    return {
      uploaded: since(before?.uploaded, announce.uploaded),
      downloaded: since(before?.downloaded, announce.downloaded),
      completed: event === 'completed' ? 1 : 0,
      ...this.counts(),
      ...(event === 'stopped' || hurried ? { peers: NONE, peers6: NONE } : this.choose(address, announce, hashClass)),
    };
  }

  counts(): { complete: number; incomplete: number } {
    return { complete: this.complete, incomplete: this.table.size - this.complete };
  }

  /** Owners of the peers at an address. */
  ownersAt(address: PeerAddress): number[] {
    return this.table.ownersAt(address);
  }

  /** Peers that have not announced since then, in seconds, are gone. */
  dropUnseenSince(since: number): void {
    const { table } = this;
    for (let at = table.size - 1; at >= 0; at -= 1) {
      if (table.seen[at]! >= since) continue;
      if (table.seed[at]) this.complete -= 1;
      table.removeAt(at);
    }
  }

  private choose(address: PeerAddress, { port, numwant, left }: Announce, hashClass: number): { peers: Uint8Array; peers6: Uint8Array } {
    const { table } = this;
    const peers = new Uint8Array(Math.min(numwant, table.size) * 6);
    const peers6: Uint8Array[] = [];
    const self = table.find(address, port);
    let filled = 0;
    let wanted = numwant;
    let at = Math.floor(this.random() * table.size);
    for (let looks = Math.min(table.size, numwant * LOOKS); looks > 0 && wanted > 0; looks -= 1, at = at + 1 < table.size ? at + 1 : 0) {
      if (at === self || (table.classes[at]! & hashClass) === 0 || (left === 0 && table.seed[at])) continue;
      wanted -= 1;
      if (table.isIpv6(at)) peers6.push(table.compact6(at));
      else filled += table.compact4(at, peers, filled);
    }
    return { peers: peers.subarray(0, filled), peers6: peers6.length > 0 ? Buffer.concat(peers6) : NONE };
  }
}

/** A client counts anew when it starts anew; of one that is first seen nothing is known. */
function since(before: number | undefined, now: number): number {
  if (before === undefined) return 0;
  return now >= before ? now - before : now;
}
