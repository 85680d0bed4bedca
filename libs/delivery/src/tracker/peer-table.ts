import type { PeerAddress } from './peer-address.js';

const WIDTH = 16;
const IPV4_PREFIX = 10;

/**
 * Peers as columns of typed arrays, found by address and port through an open-addressed index: some 60 bytes a peer where
 * an object in a Map takes several hundred. The last peer takes the place of one that is removed.
 */
export class PeerTable {
  size = 0;
  private capacity = 16;
  private addresses = new Uint8Array(this.capacity * WIDTH);
  private ports = new Uint16Array(this.capacity);
  private ipv6 = new Uint8Array(this.capacity);
  seed = new Uint8Array(this.capacity);
  classes = new Uint8Array(this.capacity);
  owner = new Uint32Array(this.capacity);
  /** Seconds. */
  seen = new Uint32Array(this.capacity);
  uploaded = new Float64Array(this.capacity);
  downloaded = new Float64Array(this.capacity);
  /** Position and 1 of the peer in each slot; 0 for none. */
  private index = new Uint32Array(this.capacity * 2);
  private readonly key = new Uint8Array(WIDTH);

  /** Where the peer is, or -1. */
  find(address: PeerAddress, port: number): number {
    this.setKey(address);
    return this.index[this.slotOf(port)]! - 1;
  }

  add(address: PeerAddress, port: number): number {
    if (this.size === this.capacity) this.grow();
    this.setKey(address);
    const at = this.size;
    this.addresses.set(this.key, at * WIDTH);
    this.ports[at] = port;
    this.ipv6[at] = address.length === WIDTH ? 1 : 0;
    this.classes[at] = 0;
    this.index[this.slotOf(port)] = at + 1;
    this.size += 1;
    return at;
  }

  removeAt(at: number): void {
    this.freeSlot(this.slotAt(at));
    const last = this.size - 1;
    if (at !== last) {
      this.index[this.slotAt(last)] = at + 1;
      this.addresses.copyWithin(at * WIDTH, last * WIDTH, (last + 1) * WIDTH);
      for (const column of this.columns()) column[at] = column[last]!;
    }
    this.size = last;
  }

  isIpv6(at: number): boolean {
    return this.ipv6[at] === 1;
  }

  /** Writes address and port, 6 bytes; returns how many. */
  compact4(at: number, to: Uint8Array, offset: number): number {
    const from = at * WIDTH + IPV4_PREFIX + 2;
    for (let byte = 0; byte < 4; byte += 1) to[offset + byte] = this.addresses[from + byte]!;
    to[offset + 4] = this.ports[at]! >> 8;
    to[offset + 5] = this.ports[at]! & 255;
    return 6;
  }

  compact6(at: number): Uint8Array {
    const peer = new Uint8Array(WIDTH + 2);
    peer.set(this.addresses.subarray(at * WIDTH, (at + 1) * WIDTH));
    peer[WIDTH] = this.ports[at]! >> 8;
    peer[WIDTH + 1] = this.ports[at]! & 255;
    return peer;
  }

  ownersAt(address: PeerAddress): number[] {
    this.setKey(address);
    const owners = new Set<number>();
    for (let at = 0; at < this.size; at += 1) if (this.hasKey(at)) owners.add(this.owner[at]!);
    return [...owners];
  }

  /** IPv4 as it is mapped into IPv6 (RFC 4291, section 2.5.5.2). */
  private setKey(address: PeerAddress): void {
    const { key } = this;
    if (address.length === WIDTH) return key.set(address);
    key.fill(0, 0, IPV4_PREFIX);
    key[IPV4_PREFIX] = key[IPV4_PREFIX + 1] = 255;
    key.set(address, IPV4_PREFIX + 2);
  }

  private hasKey(at: number): boolean {
    for (let byte = WIDTH - 1, from = at * WIDTH; byte >= 0; byte -= 1) if (this.addresses[from + byte] !== this.key[byte]) return false;
    return true;
  }

  /** The slot of the key and port, or the free one where it would stand. */
  private slotOf(port: number): number {
    const mask = this.index.length - 1;
    let slot = hashOf(this.key, 0, port) & mask;
    for (; this.index[slot] !== 0; slot = (slot + 1) & mask) {
      const at = this.index[slot]! - 1;
      if (this.ports[at] === port && this.hasKey(at)) break;
    }
    return slot;
  }

  private slotAt(at: number): number {
    const mask = this.index.length - 1;
    let slot = hashOf(this.addresses, at * WIDTH, this.ports[at]!) & mask;
    while (this.index[slot] !== at + 1) slot = (slot + 1) & mask;
    return slot;
  }

  /** Later peers of the same run move up, so that a search may end at the first free slot. */
  private freeSlot(freed: number): void {
    const mask = this.index.length - 1;
    let hole = freed;
    for (let slot = (hole + 1) & mask; this.index[slot] !== 0; slot = (slot + 1) & mask) {
      const at = this.index[slot]! - 1;
      const home = hashOf(this.addresses, at * WIDTH, this.ports[at]!) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.index[hole] = at + 1;
      hole = slot;
    }
    this.index[hole] = 0;
  }

  private columns(): (Uint8Array | Uint16Array | Uint32Array | Float64Array)[] {
    return [this.ports, this.ipv6, this.seed, this.classes, this.owner, this.seen, this.uploaded, this.downloaded];
  }

  private grow(): void {
    this.capacity = Math.ceil(this.capacity * 1.5);
    this.addresses = enlarged(this.addresses, this.capacity * WIDTH);
    this.ports = enlarged(this.ports, this.capacity);
    this.ipv6 = enlarged(this.ipv6, this.capacity);
    this.seed = enlarged(this.seed, this.capacity);
    this.classes = enlarged(this.classes, this.capacity);
    this.owner = enlarged(this.owner, this.capacity);
    this.seen = enlarged(this.seen, this.capacity);
    this.uploaded = enlarged(this.uploaded, this.capacity);
    this.downloaded = enlarged(this.downloaded, this.capacity);
    if (this.index.length < this.capacity * 1.5) this.rebuildIndex();
  }

  private rebuildIndex(): void {
    const mask = this.index.length * 2 - 1;
    this.index = new Uint32Array(mask + 1);
    for (let at = 0; at < this.size; at += 1) {
      let slot = hashOf(this.addresses, at * WIDTH, this.ports[at]!) & mask;
      while (this.index[slot] !== 0) slot = (slot + 1) & mask;
      this.index[slot] = at + 1;
    }
  }
}

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

function enlarged<C extends Column>(column: C, length: number): C {
  const larger = new (column.constructor as new (length: number) => C)(length);
  larger.set(column as never);
  return larger;
}

/** FNV-1a (draft-eastlake-fnv), with a final mix since only the low bits are used. */
function hashOf(bytes: Uint8Array, from: number, port: number): number {
  let hash = 0x811c9dc5 ^ port;
  for (let at = from; at < from + WIDTH; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
