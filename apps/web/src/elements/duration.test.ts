import { duration } from './duration.js';

test.each([
  [0, '1 minute'],
  [59, '1 minute'],
  [90, '2 minutes'],
  [3600, '60 minutes'],
  [7200, '2 hours'],
  [86_400, '24 hours'],
  [200_000, '3 days'],
  [864_000, '10 days'],
])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));
