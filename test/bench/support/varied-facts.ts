import type { AccessFacts } from '@paddock/domain';

const hour = 3_600_000;

/** Facts of every kind, most of them such that access is allowed, in the same random order on each run. */
export function shuffledFacts(count: number, now: number): AccessFacts[] {
  const random = randomNumbers(20_260_101);
  const often = () => random() < 0.95;
  return Array.from({ length: count }, (): AccessFacts => ({
    releaseState: often() ? 'published' : random() < 0.5 ? 'draft' : 'withdrawn',
    artifactAccess: random() < 0.2 ? 'public' : 'gated',
    grantReach: often() ? 'licensed' : random() < 0.5 ? 'everything' : 'public-artifacts',
    pending: !often(),
    revoked: !often(),
    replaced: !often(),
    suspended: !often(),
    grantFrom: often() ? now - hour * random() : now + hour,
    grantUntil: often() ? now + hour * random() : now - hour,
    holderFrom: random() < 0.5 ? -Infinity : now - hour * random(),
    holderUntil: often() ? Infinity : now - hour,
    assentRequired: random() < 0.8,
    accepted: often(),
    acceptanceUntil: often() ? Infinity : now + hour * (random() - 0.5),
    prerequisitesUntil: often() ? Infinity : now - hour,
    channels: Math.floor(random() * 31) + 1,
  }));
}

/** A small known generator (mulberry32): the facts shall be the same on every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
