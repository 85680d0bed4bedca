import { isIPv4, isIPv6 } from 'node:net';

/** 4 or 16 bytes. */
export type PeerAddress = Uint8Array;

/**
 * An address as it stands in compact lists (BEP 23, BEP 7); IPv4 that comes over an IPv6 socket is IPv4.
 * @throws RangeError for what is no address
 */
export function peerAddress(text: string): PeerAddress {
  const plain = text.startsWith('::ffff:') && isIPv4(text.slice(7)) ? text.slice(7) : text.split('%', 1)[0]!;
  if (isIPv4(plain)) return ipv4(plain);
  if (isIPv6(plain)) return ipv6(plain);
  throw new RangeError('not an address');
}

function ipv4(text: string): Uint8Array {
  const bytes = new Uint8Array(4);
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2e) at += 1;
    else bytes[at] = bytes[at]! * 10 + code - 0x30;
  }
  return bytes;
}

function ipv6(text: string): Uint8Array {
  // The URL parser writes every form of an address in the one of RFC 5952, without IPv4 at its end.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
