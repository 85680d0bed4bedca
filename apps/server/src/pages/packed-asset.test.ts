import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { codingFor, PackedAsset } from './packed-asset.js';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['GZIP', 'gzip'],
  ['identity', 'identity'],
  ['br;q=0', 'identity'],
  ['br;q=nonsense', 'identity'],
  ['', 'identity'],
  [undefined, 'identity'],
])('whoever accepts %j is sent %s', (accepted, coding) => expect(codingFor(accepted)).toBe(coding));

test('each coding unpacks to the same bytes', () => {
  const plain = Buffer.from('const meadow = "green";'.repeat(500));
  const asset = new PackedAsset(plain);
  expect(brotliDecompressSync(asset.as('br')).equals(plain)).toBe(true);
  expect(gunzipSync(asset.as('gzip')).equals(plain)).toBe(true);
  expect(asset.as('identity')).toBe(plain);
  expect(asset.as('br').length).toBeLessThan(plain.length / 20);
});
