import * as fc from 'fast-check';
import { isMailGivenUp, MAIL_STATE_NAMES, mailBackoff, nextDigest, refuseUnfitMailCommand, type MailCommand } from './mail-states.js';
import type { Refusal } from '../refusal.js';

const DAY = 86_400_000;

describe('digests', () => {
  test.each([
    ['daily', '2026-03-04T06:59:59Z', '2026-03-04T07:00:00Z'],
    ['daily', '2026-03-04T07:00:00Z', '2026-03-05T07:00:00Z'],
    ['weekly', '2026-03-02T06:00:00Z', '2026-03-02T07:00:00Z'],
    ['weekly', '2026-03-02T07:00:00Z', '2026-03-09T07:00:00Z'],
  ] as const)('%s after %s leaves at %s', (digest, now, expected) => {
    expect(new Date(nextDigest(digest, Date.parse(now))).toISOString()).toBe(new Date(expected).toISOString());
  });

  test('always leave later, within their period', () => {
    const always = () =>
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom('daily' as const, 'weekly' as const), (now, digest) => {
          const wait = nextDigest(digest, now) - now;
          return wait > 0 && wait <= (digest === 'daily' ? DAY : 7 * DAY);
        }),
      );
    expect(always).not.toThrow();
  });
});

test('waits grow from seconds to an hour, and end after five days', () => {
  expect(mailBackoff(1, 0)).toBeLessThan(3);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, spread) => {
      const wait = mailBackoff(attempts, spread);
      return wait > 1 && wait <= 3600 && mailBackoff(attempts + 3, 0) >= Math.min(wait, 2700);
    }),
  );
  expect([isMailGivenUp(0, 5 * DAY - 1), isMailGivenUp(0, 5 * DAY)]).toEqual([false, true]);
});

test('only the command that says so sends what may have arrived', () => {
  const allows = (command: MailCommand) =>
    MAIL_STATE_NAMES.filter((state) => {
      try {
        refuseUnfitMailCommand(state, command);
        return true;
      } catch (error) {
        return (error as Refusal).code !== 'mail-state';
      }
    });
  expect(allows('retry').toSorted()).toEqual(['failed', 'kept', 'queued']);
  expect(allows('send-again')).toEqual(['unconfirmed']);
});
