import { Refusal } from '../refusal.js';
import { decideRelease, RELEASE_COMMANDS, type ReleaseCommand, type ReleaseState } from './release.js';

const STATES: ReleaseState[] = ['draft', 'published', 'withdrawn'];
const COMMANDS = Object.keys(RELEASE_COMMANDS) as ReleaseCommand[];
const ROUTES: Record<ReleaseCommand, [ReleaseState, ReleaseState]> = {
  publish: ['draft', 'published'],
  withdraw: ['published', 'withdrawn'],
  reinstate: ['withdrawn', 'published'],
};

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'allowed';
};

describe('a release', () => {
  test.each(COMMANDS)('%s leads from one state to one other, and is refused from the rest', (command) => {
    const [from, to] = ROUTES[command];
    expect(decideRelease(from, command, 1, 'because')).toBe(to);
    for (const state of STATES.filter((other) => other !== from))
      expect(codeOf(() => decideRelease(state, command, 1, 'because'))).toBe('release-state');
  });

  test('never becomes a draft again', () => expect(Object.values(RELEASE_COMMANDS).map(({ to }) => to)).not.toContain('draft'));

  test('without files is not published', () => expect(codeOf(() => decideRelease('draft', 'publish', 0, undefined))).toBe('release-empty'));

  test.each([undefined, '', ' \n '])('is withdrawn and reinstated for a reason, and %j is none', (reason) => {
    expect(codeOf(() => decideRelease('published', 'withdraw', 1, reason))).toBe('malformed-request');
    expect(codeOf(() => decideRelease('withdrawn', 'reinstate', 1, reason))).toBe('malformed-request');
    expect(codeOf(() => decideRelease('draft', 'publish', 1, reason))).toBe('allowed');
  });

  test('tells a wrong state before a missing reason', () =>
    expect(codeOf(() => decideRelease('draft', 'withdraw', 0, ''))).toBe('release-state'));
});
