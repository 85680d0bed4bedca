import { HANDSHAKE_LENGTH, readHandshake, writeHandshake } from './handshake.js';
import { fullBitfield, PeerMessages, rejection } from './peer-messages.js';

const INTERESTED = Buffer.from([0, 0, 0, 1, 2]);
const HAVE = Buffer.from([0, 0, 0, 5, 4, 0, 0, 0, 1]);
const KEEP_ALIVE = Buffer.alloc(4);
const request = (piece: number, begin: number, length: number) => {
  const message = rejection({ piece, begin, length });
  message[4] = 6;
  return message;
};

describe('the peer wire', () => {
  test('a handshake is read back', () => {
    const bytes = writeHandshake('ab'.repeat(20), Buffer.alloc(20, 1));
    expect(bytes).toHaveLength(HANDSHAKE_LENGTH);
    expect(readHandshake(bytes)).toEqual({ infoHash: 'ab'.repeat(20), fast: true });
    expect(readHandshake(Buffer.alloc(HANDSHAKE_LENGTH))).toBeUndefined();
  });

  test.each([1, 3, 1000])('messages come in pieces of %i bytes', (step) => {
    const stream = Buffer.concat([KEEP_ALIVE, HAVE, INTERESTED, request(7, 16_384, 16_384), HAVE, request(0, 0, 1)]);
    const messages = new PeerMessages();
    const read = [];
    for (let at = 0; at < stream.length; at += step) read.push(...messages.read(stream.subarray(at, at + step)));
    expect(read).toEqual([
      { kind: 'interested' },
      { kind: 'request', piece: 7, begin: 16_384, length: 16_384 },
      { kind: 'request', piece: 0, begin: 0, length: 1 },
    ]);
  });

  test.each([
    ['too long', Buffer.from([255, 255, 255, 255, 20])],
    ['a short request', Buffer.from([0, 0, 0, 2, 6, 0])],
    ['a block of nothing', request(0, 0, 0)],
    ['a block of a gigabyte', request(0, 0, 1 << 30)],
  ])('refuses %s', (_, bytes) => {
    expect(() => new PeerMessages().read(bytes)).toThrow(RangeError);
  });

  test('the bitfield of a seed has no spare bits', () => {
    expect([...fullBitfield(11)]).toEqual([0, 0, 0, 3, 5, 0xff, 0xe0]);
    expect([...fullBitfield(8)]).toEqual([0, 0, 0, 2, 5, 0xff]);
  });
});
