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

/** 20 percent-encoded bytes as 40 hexadecimal digits. */
function hexOf(encoded: string): string | undefined {
  let hex = '';
  let bytes = 0;
  for (let at = 0; at < encoded.length; bytes += 1) {
    if (encoded[at] === '%') {
      const pair = encoded.slice(at + 1, at + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(pair)) return undefined;
      hex += pair;
      at += 3;
    } else {
      const code = encoded.charCodeAt(at);
      if (code > 0x7e) return undefined;
      hex += code.toString(16).padStart(2, '0');
      at += 1;
    }
  }
  return bytes === 20 ? hex.toLowerCase() : undefined;
}
