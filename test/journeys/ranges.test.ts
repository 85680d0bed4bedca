import { publishModel, WEIGHTS } from '../support/licenses.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn } from '../support/problems.js';

describe('the bytes of a file', () => {
  const its = portalUnderTest();
  let url: string;
  let etag: string;

  beforeAll(async () => {
    const ada = await its.person();
    await publishModel(its.admin, 'ranges');
    const { artifacts } = await ada.links(await ada.accept('ranges'), { release: 'first' });
    const weights = artifacts.find(({ path }) => path === 'weights.bin')!;
    url = weights.url;
    etag = `"${weights.sha256}"`;
  });

  test.each<[string, string, Buffer]>([
    ['bytes=0-0', 'bytes 0-0/1000', WEIGHTS.subarray(0, 1)],
    ['bytes=10-19', 'bytes 10-19/1000', WEIGHTS.subarray(10, 20)],
    ['bytes=990-', 'bytes 990-999/1000', WEIGHTS.subarray(990)],
    ['bytes=990-5000', 'bytes 990-999/1000', WEIGHTS.subarray(990)],
    ['bytes=-7', 'bytes 993-999/1000', WEIGHTS.subarray(-7)],
    ['bytes=-5000', 'bytes 0-999/1000', WEIGHTS],
  ])('%s are those bytes and no others', async (range, contentRange, bytes) => {
    const response = await fetch(url, { headers: { range } });
    expect([response.status, response.headers.get('content-range'), response.headers.get('content-length')]).toEqual([
      206,
      contentRange,
      String(bytes.length),
    ]);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('etag')).toBe(etag);
  });

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0', 'bytes=99999999999999999999-'])(
    '%s lie beyond the end: 416 with the size',
    async (range) => {
      const response = await fetch(url, { headers: { range } });
      expect(response.headers.get('content-range')).toBe('bytes */1000');
      expect(problemIn({ status: response.status, headers: response.headers, text: await response.text() })).toMatchObject({
        status: 416,
        code: 'bad-range',
        size: 1000,
      });
    },
  );

  test.each(['bytes=5-2', 'bytes=a-b', 'bytes=', 'bytes=-', 'items=0-1', 'bytes=0-1,5-6', '0-1'])(
    '%s is no range that is understood: the whole file',
    async (range) => {
      const response = await fetch(url, { headers: { range } });
      expect([response.status, (await response.arrayBuffer()).byteLength, response.headers.get('content-range')]).toEqual([
        200,
        1000,
        null,
      ]);
    },
  );

  test('If-Range continues the same file and begins another one anew', async () => {
    const status = async (ifRange: string) => (await fetch(url, { headers: { range: 'bytes=10-19', 'if-range': ifRange } })).status;
    expect(await status(etag)).toBe(206);
    for (const other of ['"other"', `W/${etag}`, new Date().toUTCString(), etag.slice(1, -1)]) expect(await status(other)).toBe(200);
  });

  test('If-None-Match answers 304 without bytes for what the client has', async () => {
    for (const header of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const response = await fetch(url, { headers: { 'if-none-match': header } });
      expect([header, response.status, await response.text(), response.headers.get('etag')]).toEqual([header, 304, '', etag]);
    }
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('HEAD tells what GET would send, and sends none of it', async () => {
    for (const range of [undefined, 'bytes=10-19']) {
      const headers = { ...(range && { range }) };
      const [head, get] = [await fetch(url, { method: 'HEAD', headers }), await fetch(url, { headers })];
      expect(await head.text()).toBe('');
      await get.arrayBuffer();
      for (const name of ['content-length', 'content-type', 'content-range', 'etag', 'accept-ranges', 'content-disposition', 'repr-digest'])
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      expect(head.status).toBe(get.status);
    }
  });

  test('carry no credential on: no referrer, no cache', async () => {
    const { headers } = await fetch(url);
    expect([headers.get('referrer-policy'), headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'no-referrer',
      'private, no-store',
      'nosniff',
    ]);
  });
});
