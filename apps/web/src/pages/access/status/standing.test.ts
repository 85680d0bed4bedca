import { isFinal, REQUEST_STATES } from '@paddock/domain';
import { commandsFor, standing } from './standing.js';

describe('where a request stands', () => {
  test('the wait is not guessed', () => {
    expect(standing({ position: 1, wait: null })).toEqual({ position: 'Yours is the next to be decided', wait: 'Not known yet' });
    expect(standing({ position: 3, wait: { median: 7200, p90: 864_000, decisions: 20 } })).toEqual({
      position: '2 before yours',
      wait: 'Half of the last 20 decisions came within 2 hours, nine of ten within 10 days',
    });
  });
});

describe('what the applicant can do', () => {
  const at = Date.parse('2026-01-01T00:00:00Z');
  const rejected = { state: 'rejected' as const, appealUntil: '2026-01-02T00:00:00Z', decisions: [{ outcome: 'reject' }] };

  test('is what the table of the domain gives them', () => {
    const final = REQUEST_STATES.filter(isFinal);
    expect(final.flatMap((state) => commandsFor({ state, appealUntil: null, decisions: [] }, at))).toEqual([]);
    expect(commandsFor({ state: 'draft', appealUntil: null, decisions: [] }, at)).toEqual(['edit', 'submit', 'withdraw']);
    expect(commandsFor({ state: 'in-review', appealUntil: null, decisions: [] }, at)).toEqual(['withdraw']);
  });

  test('an appeal is offered once, and until its deadline', () => {
    expect(commandsFor(rejected, at)).toEqual(['appeal']);
    expect(commandsFor(rejected, at + 86_400_001)).toEqual([]);
    expect(commandsFor({ ...rejected, decisions: [...rejected.decisions, { outcome: 'reject' }] }, at)).toEqual([]);
  });
});
