import type { Announce } from './announce-query.js';
import { peerAddress } from './peer-address.js';
import { HASH_CLASS, Swarm } from './swarm.js';

const said = (over: Partial<Announce> = {}): Announce => ({
  infoHash: '',
  port: 6881,
  uploaded: 0,
  downloaded: 0,
  left: 1,
  event: '',
  numwant: 50,
  ...over,
});
const announced = (ip: string, over: Partial<Announce> = {}, more: { now?: number; hashClass?: number; owner?: number } = {}) => ({
  address: peerAddress(ip),
  announce: said(over),
  hashClass: HASH_CLASS.v1,
  owner: 1,
  now: 100,
  minInterval: 30,
  ...more,
});
const ports = (peers: Uint8Array) => Array.from({ length: peers.length / 6 }, (_, n) => peers[n * 6 + 4]! * 256 + peers[n * 6 + 5]!).sort();

describe('a swarm', () => {
  test('gives the others, never oneself, and no seeds to a seed', () => {
    const swarm = new Swarm(Math.random);
    swarm.announce(announced('10.0.0.1', { port: 1, left: 0 }));
    swarm.announce(announced('10.0.0.1', { port: 2 }));
    const leecher = swarm.announce(announced('::ffff:10.0.0.2', { port: 3 }));
    expect(ports(leecher.peers)).toEqual([1, 2]);
    expect(leecher).toMatchObject({ complete: 1, incomplete: 2 });
    expect([...leecher.peers.subarray(0, 3)]).toEqual([10, 0, 0]);
    const seed = swarm.announce(announced('10.0.0.1', { port: 1, left: 0, event: 'completed' }));
    expect(ports(seed.peers)).toEqual([2, 3]);
    expect(seed.completed).toBe(1);
  });

  test('peers over IPv6 are told apart and given in a list of their own', () => {
    const swarm = new Swarm(() => 0);
    swarm.announce(announced('2001:db8::1', { port: 9 }));
    const { peers, peers6 } = swarm.announce(announced('10.0.0.1'));
    expect(peers).toHaveLength(0);
    expect(Buffer.from(peers6).toString('hex')).toBe('20010db80000000000000000000000010009');
  });

  test('peers that know another info hash only are not given', () => {
    const swarm = new Swarm(Math.random);
    swarm.announce(announced('10.0.0.1', { port: 1 }, { hashClass: HASH_CLASS.v2 }));
    swarm.announce(announced('10.0.0.1', { port: 2 }, { hashClass: HASH_CLASS.v1 }));
    swarm.announce(announced('10.0.0.1', { port: 2 }, { hashClass: HASH_CLASS.v2 }));
    expect(ports(swarm.announce(announced('10.0.0.3')).peers)).toEqual([2]);
    expect(ports(swarm.announce(announced('10.0.0.3', {}, { hashClass: HASH_CLASS.v2 })).peers)).toEqual([1, 2]);
  });

  test('counts what came since the last announce, and starts anew with the client', () => {
    const swarm = new Swarm(Math.random);
    expect(swarm.announce(announced('10.0.0.1', { uploaded: 70 }))).toMatchObject({ uploaded: 0 });
    expect(swarm.announce(announced('10.0.0.1', { uploaded: 100, downloaded: 5 }))).toMatchObject({ uploaded: 30, downloaded: 5 });
    expect(swarm.announce(announced('10.0.0.1', { uploaded: 10, event: 'started' }))).toMatchObject({ uploaded: 0 });
    expect(swarm.announce(announced('10.0.0.1', { uploaded: 25, event: 'stopped' }))).toMatchObject({ uploaded: 15, incomplete: 0 });
  });

  test('who announces again at once is given nobody, but for the other hash of a hybrid', () => {
    const swarm = new Swarm(Math.random);
    swarm.announce(announced('10.0.0.1', { port: 1 }));
    swarm.announce(announced('10.0.0.1', { port: 1 }, { hashClass: HASH_CLASS.v2 }));
    swarm.announce(announced('10.0.0.2', { event: 'started' }));
    expect(swarm.announce(announced('10.0.0.2', {}, { now: 110 })).peers).toHaveLength(0);
    expect(swarm.announce(announced('10.0.0.2', {}, { now: 110, hashClass: HASH_CLASS.v2 })).peers).toHaveLength(6);
    expect(swarm.announce(announced('10.0.0.2', {}, { now: 126 })).peers).toHaveLength(6);
  });

  test('behaves as a plain map would, whoever comes and goes', () => {
    const swarm = new Swarm(Math.random);
    const model = new Map<string, number>();
    let random = 7;
    const next = (most: number) => (random = (random * 48_271) % 0x7fffffff) % most;
    for (let step = 0; step < 20_000; step += 1) {
      const [ip, port, owner] = [`10.${next(3)}.${next(2)}.${next(40)}`, 1 + next(20), next(100)];
      const event = next(3) === 0 ? 'stopped' : '';
      swarm.announce(announced(ip, { port, event, numwant: 0 }, { owner, now: step }));
      if (event === 'stopped') model.delete(`${ip} ${port}`);
      else model.set(`${ip} ${port}`, owner);
    }
    expect(swarm.size).toBe(model.size);
    for (const ip of new Set([...model.keys()].map((key) => key.split(' ')[0]!))) {
      const owners = new Set([...model].filter(([key]) => key.startsWith(`${ip} `)).map(([, owner]) => owner));
      expect(new Set(swarm.ownersAt(peerAddress(ip)))).toEqual(owners);
    }
    swarm.dropUnseenSince(30_000);
    expect([swarm.size, swarm.counts()]).toEqual([0, { complete: 0, incomplete: 0 }]);
  });
});
