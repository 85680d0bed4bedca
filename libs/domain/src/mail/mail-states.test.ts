import fc from 'fast-check';
import {
  isMailGivenUp,
  MAIL_COMMANDS,
  MAIL_STATE_NAMES,
  mailBackoff,
  nextDigest,
  refuseUnfitMailCommand,
  type MailCommand,
} from './mail-states.js';

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
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom('daily' as const, 'weekly' as const), (now, digest) => {
        const wait = nextDigest(digest, now) - now;
        return wait > 0 && wait <= (digest === 'daily' ? DAY : 7 * DAY);
      }),
    );
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
  for (const command of Object.keys(MAIL_COMMANDS) as MailCommand[])
    for (const state of MAIL_STATE_NAMES) {
      const allowed = (MAIL_COMMANDS[command].from as readonly string[]).includes(state);
      const attempt = () => refuseUnfitMailCommand(state, command);
      if (allowed) expect(attempt).not.toThrow();
      else expect(attempt).toThrow('mail-state');
    }
  expect(
    (Object.keys(MAIL_COMMANDS) as MailCommand[]).filter((name) => (MAIL_COMMANDS[name].from as readonly string[]).includes('unconfirmed')),
  ).toEqual(['send-again']);
});
