import { createHash } from 'node:crypto';
import { makeTorrent, torrentFile, type TorrentFile } from './metainfo.js';
import { V1Hasher } from './v1-hasher.js';
import { V2Hasher } from './v2-hasher.js';

const PIECE = 32 * 1024;
const bytesOf = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 251));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function hashed(path: string, bytes: Buffer, step = 7777): TorrentFile {
  const [v1, v2] = [new V1Hasher(PIECE), new V2Hasher(PIECE)];
  for (let at = 0; at < bytes.length; at += step) for (const hasher of [v1, v2]) hasher.update(bytes.subarray(at, at + step));
  return { path, size: bytes.length, pieces: { pieceLength: PIECE, ...v1.digest(), ...v2.digest() } };
}

const files = { 'b/c.bin': bytesOf(100_000), 'a.md': bytesOf(5), 'b.bin': bytesOf(PIECE), empty: Buffer.alloc(0) };
const torrentOf = (names: string[], step?: number) =>
  makeTorrent({
    name: 'demo-r1',
    source: 'portal',
    pieceLength: PIECE,
    files: names.map((path) => hashed(path, files[path as keyof typeof files], step)),
  });

describe('metainfo', () => {
  test('the same files give the same bytes, in whatever order and pieces they came', () => {
    const one = torrentOf(Object.keys(files), 1);
    const other = torrentOf(Object.keys(files).toReversed(), 65_536);
    expect(one).toEqual(other);
    expect(one.infoHashV1.toString('hex')).toBe('490db20308d180f57212439401b318c3777c5162');
  });

  test('the v1 pieces are those of the files with their padding', () => {
    const { info } = torrentOf(Object.keys(files));
    const text = info.toString('latin1');
    const at = text.indexOf('6:pieces') + 8;
    const length = Number(text.slice(at, text.indexOf(':', at)));
    const pieces = info.subarray(text.indexOf(':', at) + 1).subarray(0, length);
    const order = [files['a.md'], Buffer.alloc(PIECE - 5), files['b/c.bin'], Buffer.alloc(4 * PIECE - 100_000), files['b.bin']];
    const whole = Buffer.concat(order);
    const expected = Array.from({ length: Math.ceil(whole.length / PIECE) }, (_, index) =>
      createHash('sha1')
        .update(whole.subarray(index * PIECE, (index + 1) * PIECE))
        .digest(),
    );
    expect(pieces.equals(Buffer.concat(expected))).toBe(true);
    expect(text).toContain('d4:attr1:p6:lengthi32763e4:pathl4:.pad5:32763ee');
  });

  test('the v2 root of a small file is the tree over its blocks, no wider than they are', () => {
    const { pieces } = hashed('small', bytesOf(20_000));
    const [left, right] = [sha256(bytesOf(20_000).subarray(0, 16_384)), sha256(bytesOf(20_000).subarray(16_384))];
    expect(Buffer.from(pieces.root!).equals(sha256(Buffer.concat([left, right])))).toBe(true);
    expect(pieces.layer).toHaveLength(0);
    expect(Buffer.from(hashed('tiny', bytesOf(5)).pieces.root!).equals(sha256(bytesOf(5)))).toBe(true);
  });

  test('the licensee’s own part lies outside of what is hashed', () => {
    const torrent = torrentOf(['a.md']);
    const of = (passkey: string) =>
      torrentFile(torrent, { announce: `http://h/announce/${passkey}`, webseed: `http://h/webseed/${passkey}/`, comment: 'c' });
    expect(of('y').toString('latin1').replaceAll('/y', '/x')).toBe(of('x').toString('latin1'));
    expect(of('x').includes(torrent.info)).toBe(true);
    expect(of('x').toString('latin1')).toMatch(/^d8:announce19:http:\/\/h\/announce\/x7:comment1:c10:created by7:Paddock4:infod/);
  });
});
