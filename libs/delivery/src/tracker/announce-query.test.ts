import { readAnnounce, readScrape } from './announce-query.js';

const HASH = '%12%34Vx%9A%BC%DE%F1%23Eg%89%AB%CD%EF%124Vx%9A';
const HEX = '123456789abcdef123456789abcdef123456789a';
const good = `info_hash=${HASH}&peer_id=x&port=6881&uploaded=1&downloaded=2&left=3&compact=1&event=started&ip=1.2.3.4`;

describe('reading an announce', () => {
  test('reads what BEP 3 names, and nothing of `ip`', () => {
    expect(readAnnounce(good)).toEqual({ infoHash: HEX, port: 6881, uploaded: 1, downloaded: 2, left: 3, event: 'started', numwant: 50 });
  });

  test.each([
    ['numwant=0', { numwant: 0 }],
    ['numwant=-1', { numwant: 50 }],
    ['numwant=999', { numwant: 200 }],
  ])('%s', (member, expected) => {
    expect(readAnnounce(`${good}&${member}`)).toMatchObject(expected);
  });

  test.each([
    ['', 'info_hash is not 20 bytes'],
    [good.replace(HASH, HASH.slice(3)), 'info_hash is not 20 bytes'],
    [good.replace('%12', '%1g'), 'info_hash is not 20 bytes'],
    [good.replace('%12', 'é'), 'info_hash is not 20 bytes'],
    [good.replace('port=6881', 'port=0'), 'port is not one from 1 to 65535'],
    [good.replace('port=6881', 'port=65536'), 'port is not one from 1 to 65535'],
    [good.replace('port=6881', 'port=x'), 'port is not one from 1 to 65535'],
    [good.replace('uploaded=1', 'uploaded=-1'), 'uploaded and downloaded must count bytes'],
    [good.replace('downloaded=2', 'downloaded=9999999999999999'), 'uploaded and downloaded must count bytes'],
    [good.replace('left=3', 'left=1e3'), 'left must count bytes'],
    [good.replace('&left=3', ''), 'left must count bytes'],
    [good.replace('event=started', 'event=begun'), 'event is none that a tracker knows'],
    [good.replace('event=started', 'event=__proto__'), 'event is none that a tracker knows'],
    [`${good}&numwant=4000000000`, 'numwant is no sensible number of peers'],
    [`${good}&port=6882`, 'port is said twice'],
    [`${good}&info_hash=${HASH}`, 'info_hash is said twice'],
    [`${good}&x=${'y'.repeat(3000)}`, 'the address is too long'],
    [good.slice(0, 40), 'info_hash is not 20 bytes'],
  ])('%#: %s', (query, fault) => {
    expect(readAnnounce(query)).toBe(fault);
  });

  test('a scrape may name several torrents', () => {
    expect(readScrape(`info_hash=${HASH}&info_hash=${'a'.repeat(20)}`)).toEqual([HEX, '61'.repeat(20)]);
    expect(readScrape('info_hash=short')).toBe('info_hash is not 20 bytes');
  });
});
