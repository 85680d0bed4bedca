import type { PeerAddress } from '@paddock/delivery';

interface Entry {
  secretHash: string;
  /** IPv4 as a number, IPv6 as text. */
  addresses: (number | string)[];
  /** Seconds, of the address in the same place. */
  seen: number[];
}

/** From which addresses each passkey is in use. Passkeys are numbered, so that a peer's row need hold no more than a number. */
export class AddressBook {
  private numbers = new Map<string, number>();
  private entries: Entry[] = [];

  constructor(
    private readonly most: number,
    /** Seconds after which an address is no longer in use. */
    private readonly lifetime: number,
  ) {}

  ownerOf(secretHash: string): number {
    let number = this.numbers.get(secretHash);
    if (number === undefined) {
      number = this.entries.push({ secretHash, addresses: [], seen: [] }) - 1;
      this.numbers.set(secretHash, number);
    }
    return number;
  }

  secretHashOf(owner: number): string {
    return this.entries[owner]!.secretHash;
  }

  /** Notes the address; false where it would be one too many. */
  admits(owner: number, address: PeerAddress, now: number): boolean {
    const { addresses, seen } = this.entries[owner]!;
    const key = keyOf(address);
    let at = addresses.indexOf(key);
    if (at < 0) at = addresses.length < this.most ? addresses.length : seen.findIndex((time) => time < now - this.lifetime);
    if (at < 0) return false;
    addresses[at] = key;
    seen[at] = now;
    return true;
  }

  /** Only where no swarm holds a number any more. */
  clear(): void {
    this.numbers = new Map();
    this.entries = [];
  }
}

function keyOf(address: PeerAddress): number | string {
  if (address.length > 4) return Buffer.from(address).toString('latin1');
  return ((address[0]! << 24) | (address[1]! << 16) | (address[2]! << 8) | address[3]!) >>> 0;
}
