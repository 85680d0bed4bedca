/** What a client says when it announces (BEP 3). */
export interface Announce {
  /** 40 hexadecimal digits. */
  infoHash: string;
  port: number;
  /** Bytes of this session, as the client counts them. */
  uploaded: number;
  downloaded: number;
  /** Bytes that it lacks; 0 for a seed. */
  left: number;
  event: 'started' | 'completed' | 'stopped' | '';
  /** Peers that it asks for, at most MOST_PEERS. */
  numwant: number;
}

export const MOST_PEERS = 200;
const USUAL_PEERS = 50;
const ABSURD_PEERS = 10_000;
const LONGEST = 2048;
const COUNTER = /^[0-9]{1,15}$/;
/** BEP 21 has a client that takes no more say `paused`; to its peers that changes nothing. */
const EVENTS: ReadonlyMap<string, Announce['event']> = new Map([
  ['started', 'started'],
  ['completed', 'completed'],
  ['stopped', 'stopped'],
  ['paused', ''],
  ['', ''],
]);
const READ = new Set(['info_hash', 'port', 'uploaded', 'downloaded', 'left', 'event', 'numwant']);

/**
 * Reads the query of an announce as it stands in the address. `ip` and whatever else a client may say of itself is not
 * read: a peer is where it announces from.
 * @returns the announce, or what is wrong with it in words
 */
export function readAnnounce(query: string): Announce | string {
  if (query.length > LONGEST) return 'the address is too long';
  const said = membersOf(query);
  if (typeof said === 'string') return said;
  const infoHash = hexOf(said.get('info_hash') ?? '');
  if (infoHash === undefined) return 'info_hash is not 20 bytes';
  const port = Number(counter(said.get('port')));
  if (!(port >= 1 && port <= 65_535)) return 'port is not one from 1 to 65535';
  const [uploaded, downloaded, left] = [said.get('uploaded') ?? '0', said.get('downloaded') ?? '0', said.get('left') ?? ''];
  if (!COUNTER.test(uploaded) || !COUNTER.test(downloaded)) return 'uploaded and downloaded must count bytes';
  if (!COUNTER.test(left)) return 'left must count bytes';
  const event = EVENTS.get(said.get('event') ?? '');
  if (event === undefined) return 'event is none that a tracker knows';
  const numwant = peersWanted(said.get('numwant'));
  if (numwant === undefined) return 'numwant is no sensible number of peers';
  return { infoHash, port, uploaded: Number(uploaded), downloaded: Number(downloaded), left: Number(left), event, numwant };
}

/** The info hashes of a scrape (BEP 48), as hexadecimal digits. */
export function readScrape(query: string): string[] | string {
  if (query.length > LONGEST) return 'the address is too long';
  const hashes = query.split('&').filter((member) => member.startsWith('info_hash='));
  const read = hashes.map((member) => hexOf(member.slice('info_hash='.length)));
  return read.every((hash) => hash !== undefined) ? read : 'info_hash is not 20 bytes';
}

function membersOf(query: string): Map<string, string> | string {
  const said = new Map<string, string>();
  for (let at = 0; at < query.length;) {
    let end = query.indexOf('&', at);
    if (end < 0) end = query.length;
    const equals = query.indexOf('=', at);
    if (equals > at && equals < end) {
      const name = query.slice(at, equals);
      if (READ.has(name)) {
        if (said.has(name)) return `${name} is said twice`;
        said.set(name, query.slice(equals + 1, end));
      }
    }
    at = end + 1;
  }
  return said;
}

function counter(text: string | undefined): string {
  return text !== undefined && COUNTER.test(text) ? text : '0';
}

function peersWanted(text: string | undefined): number | undefined {
  // Some clients say -1 for "as many as is usual".
  if (text === undefined || text === '' || text === '-1') return USUAL_PEERS;
  if (!COUNTER.test(text) || Number(text) > ABSURD_PEERS) return undefined;
  return Math.min(Number(text), MOST_PEERS);
}

const PLAIN_BYTE = /^[\x20-\x24\x26-\x7e]$/;
/** Every client writes a hash in its one way, so that few texts stand for all announces of a swarm. */
const read = new Map<string, string>();
const MOST_READ = 10_000;

/** 20 percent-encoded bytes as 40 hexadecimal digits. */
function hexOf(encoded: string): string | undefined {
  const known = read.get(encoded);
  if (known !== undefined) return known;
  const hex = decoded(encoded);
  if (hex === undefined) return undefined;
  if (read.size >= MOST_READ) read.clear();
  read.set(encoded, hex);
  return hex;
}

function decoded(encoded: string): string | undefined {
  const bytes = encoded.match(/%[0-9A-Fa-f]{2}|[^%]/g) ?? [];
  if (bytes.length !== 20 || bytes.join('') !== encoded) return undefined;
  const hex = bytes.map((byte) => (byte.length === 3 ? byte.slice(1) : PLAIN_BYTE.test(byte) ? byte.charCodeAt(0).toString(16) : ''));
  return hex.includes('') ? undefined : hex.join('').toLowerCase();
}
