import type { AddressGuard } from '@paddock/capture';
import { AdapterFailure } from '@paddock/domain';
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Whom the portal may be sent to: strangers alone, this machine too (tests, a peer beside the portal), or any network. */
export type Reach = 'public' | 'loopback' | 'private';

/** Networks that belong to no stranger: this machine, private and link-local ones, and those that a cloud keeps its secrets on. */
const PRIVATE: readonly [address: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** IPv6 as RFC 6890 and RFC 4193 set aside, with the ranges that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo). */
const PRIVATE_6: readonly [address: string, prefix: number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

// Lists by family: in one, the mapped range of IPv6 would cover every IPv4 address.
const private4 = new BlockList();
const private6 = new BlockList();
for (const [address, prefix] of PRIVATE) private4.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of PRIVATE_6) private6.addSubnet(address, prefix, 'ipv6');
const loopback4 = new BlockList();
loopback4.addSubnet('127.0.0.0', 8, 'ipv4');

/** Whether an address is one that the portal must not be talked into asking. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || (family === 6 ? private6.check(address, 'ipv6') : private4.check(address, 'ipv4'));
}

/** Judges addresses that other people typed: before their names are looked up, and again what the names lead to. */
export function addressGuard({ allow }: { allow: Reach }): AddressGuard {
  return { refusalOf: (url) => reasonNotToAsk(url, allow), lookup: allow === 'private' ? lookup : pinnedLookup(allow) };
}

/** The failure of an address that is not asked; `where` must carry no credentials. */
export function refusedAddress(where: string, why: string): AdapterFailure {
  return new AdapterFailure(where, `not asked, for ${why}`, false);
}

function reasonNotToAsk(url: URL, allow: Reach): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only http and https are asked';
  if (url.username || url.password) return 'an address must carry no credentials';
  // A literal address never reaches the lookup; this machine's own name is one (RFC 6761, section 6.3).
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = /(^|\.)localhost\.?$/.test(host) && allow === 'public';
  return local || (isIP(host) !== 0 && !isOpen(host, allow)) ? 'it lies in a private network' : undefined;
}

function isOpen(address: string, allow: Reach): boolean {
  return allow === 'private' || !isPrivateAddress(address) || (allow === 'loopback' && isLoopback(address));
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && loopback4.check(address, 'ipv4'));
}

/** The connection goes to exactly the addresses that were checked, so a name that answers differently the second time changes nothing. */
function pinnedLookup(allow: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter(({ address }) => isOpen(address, allow));
      // One private address among public ones is a trick, not a mistake.
      if (open.length < addresses.length || open.length === 0)
        return callback(refusedAddress(hostname, 'its name leads into a private network') as NodeJS.ErrnoException, '', 0);
      if (options.all) callback(null, open);
      else callback(null, open[0]!.address, open[0]!.family);
    });
  };
}
