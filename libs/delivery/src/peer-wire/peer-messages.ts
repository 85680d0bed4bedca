/** What a peer may say to a seeder that the seeder acts upon (BEP 3); lengths in bytes. */
export type PeerMessage =
  { kind: 'interested' } | { kind: 'uninterested' } | { kind: 'request' | 'cancel'; piece: number; begin: number; length: number };

const KINDS: ReadonlyMap<number, 'interested' | 'uninterested' | 'request' | 'cancel'> = new Map([
  [2, 'interested'],
  [3, 'uninterested'],
  [6, 'request'],
  [8, 'cancel'],
]);
/** A bitfield of 16 million pieces would be longer; nobody needs to say more to a seeder. */
const LONGEST = 2 * 1024 * 1024;
/** No client asks for larger blocks. */
const LARGEST_BLOCK = 128 * 1024;

/** Takes messages out of a stream as it comes, and keeps no more than one of them. What it does not know it skips. */
export class PeerMessages {
  private kept: Buffer = Buffer.alloc(0);
  private skip = 0;

  /** @throws RangeError for what no honest client sends */
  read(bytes: Buffer): PeerMessage[] {
    const messages: PeerMessage[] = [];
    let rest = this.kept.length > 0 ? Buffer.concat([this.kept, bytes]) : bytes;
    for (;;) {
      const skipped = Math.min(this.skip, rest.length);
      this.skip -= skipped;
      rest = rest.subarray(skipped);
      if (rest.length < 4) break;
      const length = rest.readUInt32BE(0);
      if (length > LONGEST) throw new RangeError('the message is too long');
      const kind = length === 0 ? undefined : rest.length > 4 ? KINDS.get(rest[4]!) : null;
      if (kind === null) break;
      if (kind === undefined) {
        this.skip = 4 + length;
        continue;
      }
      if (rest.length < 4 + length) break;
      messages.push(messageOf(kind, rest.subarray(5, 4 + length)));
      rest = rest.subarray(4 + length);
    }
    this.kept = Buffer.from(rest);
    return messages;
  }
}

function messageOf(kind: 'interested' | 'uninterested' | 'request' | 'cancel', body: Buffer): PeerMessage {
  if (kind === 'interested' || kind === 'uninterested') return { kind };
  if (body.length !== 12) throw new RangeError('the request has another length');
  const [piece, begin, length] = [body.readUInt32BE(0), body.readUInt32BE(4), body.readUInt32BE(8)];
  if (length === 0 || length > LARGEST_BLOCK) throw new RangeError('the block is of no sensible size');
  return { kind, piece, begin, length };
}

export const UNCHOKE = Buffer.from([0, 0, 0, 1, 1]);
/** BEP 6: instead of a bitfield of nothing but ones. */
export const HAVE_ALL = Buffer.from([0, 0, 0, 1, 0x0e]);

/** The bitfield of a seed. */
export function fullBitfield(pieces: number): Buffer {
  const message = Buffer.alloc(5 + Math.ceil(pieces / 8), 0xff);
  message.writeUInt32BE(message.length - 4, 0);
  message[4] = 5;
  if (pieces % 8 > 0) message[message.length - 1] = (0xff << (8 - (pieces % 8))) & 0xff;
  return message;
}

/** What stands before the bytes of a block. */
export function pieceHead(piece: number, begin: number, length: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(9 + length, 0);
  head[4] = 7;
  head.writeUInt32BE(piece, 5);
  head.writeUInt32BE(begin, 9);
  return head;
}

/** BEP 6: a request that will not be answered. */
export function rejection({ piece, begin, length }: { piece: number; begin: number; length: number }): Buffer {
  const message = Buffer.alloc(17);
  message.writeUInt32BE(13, 0);
  message[4] = 0x10;
  message.writeUInt32BE(piece, 5);
  message.writeUInt32BE(begin, 9);
  message.writeUInt32BE(length, 13);
  return message;
}
