import { peer } from './peers.js';

describe('a peer', () => {
  it('is there when all its programs are', () => {
    expect(peer('a shell', ['sh', 'cat']).missing).toEqual([]);
  });

  it('names the programs that are not', () => {
    expect(peer('a dream', ['sh', 'no-such-program']).missing).toEqual(['no-such-program']);
  });
});
