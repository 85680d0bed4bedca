import { bencode, dictionary } from '../torrent/bencode.js';

/** What a client is told of a swarm. */
export interface SwarmAnswer {
  complete: number;
  incomplete: number;
  /** Compact lists: 6 bytes a peer (BEP 23), 18 bytes for IPv6 (BEP 7). */
  peers: Uint8Array;
  peers6: Uint8Array;
}

/** The answer to an announce; `interval` in seconds. The members stand in the order of their keys. */
export function announceAnswer({ complete, incomplete, peers, peers6 }: SwarmAnswer, interval: number, minInterval: number): Buffer {
  const head = `d8:completei${complete}e10:incompletei${incomplete}e8:intervali${interval}e12:min intervali${minInterval}e5:peers${peers.length}:`;
  const tail = peers6.length > 0 ? `6:peers6${peers6.length}:` : 'e';
  const size = head.length + peers.length + tail.length + (peers6.length > 0 ? peers6.length + 1 : 0);
  const answer = Buffer.allocUnsafe(size);
  let at = answer.write(head, 'latin1');
  answer.set(peers, at);
  at += peers.length;
  at += answer.write(tail, at, 'latin1');
  if (peers6.length > 0) {
    answer.set(peers6, at);
    answer[at + peers6.length] = 0x65;
  }
  return answer;
}

/** BEP 48. */
export function scrapeAnswer(files: ReadonlyMap<string, { complete: number; incomplete: number; downloaded: number }>): Buffer {
  const entries = [...files].map(([infoHash, counts]) => [Buffer.from(infoHash, 'hex').toString('latin1'), dictionary(counts)] as const);
  return bencode(dictionary({ files: new Map(entries) }));
}

/** BEP 3: what a client shows to its user instead of peers. */
export function failureAnswer(reason: string): Buffer {
  return bencode(dictionary({ 'failure reason': reason }));
}
