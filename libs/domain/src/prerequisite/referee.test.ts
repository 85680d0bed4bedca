import { isSameMailbox, refereeState, refuseUnfitReferee, REFEREE_STATES, type RefereeFacts } from './referee.js';

const facts: RefereeFacts = { confirmed: null, withdrawn: false, expiresAt: 10 };

describe('referees', () => {
  test.each<[string, Partial<RefereeFacts>, number]>([
    ['waiting', {}, 9],
    ['expired', {}, 10],
    ['withdrawn', { withdrawn: true }, 11],
    ['confirmed', { confirmed: true }, 11],
    ['declined', { confirmed: false, withdrawn: true }, 11],
  ])('%s', (state, change, now) => expect(refereeState({ ...facts, ...change }, now)).toBe(state));

  test('who waits is heard, but not the applicant', () => {
    expect(() => refuseUnfitReferee('waiting', false)).not.toThrow();
    expect(() => refuseUnfitReferee('waiting', true)).toThrow('referee-own');
  });

  test.each(REFEREE_STATES.filter((state) => state !== 'waiting'))('%s: nobody is heard any more', (state) => {
    for (const isApplicant of [true, false]) expect(() => refuseUnfitReferee(state, isApplicant)).toThrow('referee-link');
  });

  test.each<[boolean, string, string]>([
    [true, 'ada@example.org', 'ADA@Example.org'],
    [true, 'ada@example.org', 'ada+referee@example.org'],
    [true, 'a.da@gmail.com', 'ad.a+x@googlemail.com'],
    [false, 'a.da@example.org', 'ada@example.org'],
    [false, 'ada@example.org', 'ada@example.com'],
    [false, 'ada@example.org', 'ben@example.org'],
  ])('%s: %s and %s reach one mailbox', (same, one, other) => expect(isSameMailbox(one, other)).toBe(same));
});
