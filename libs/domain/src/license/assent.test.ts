import { Refusal } from '../refusal.js';
import {
  refuseEndedPresentation,
  refuseIncompleteAssent,
  refuseOutdatedPresentation,
  type AcceptCommand,
  type AssentScreen,
  type PresentationFacts,
} from './assent.js';

const SCREEN: AssentScreen = {
  label: 'You agree',
  button: 'I accept',
  attestations: [
    { id: 'read', text: 'I have read it.' },
    { id: 'lawful', text: 'I will keep to it.' },
  ],
};
const COMPLETE: AcceptCommand = { typedName: 'Ada Lovelace', attestations: { read: true, lawful: true }, assented: true };
const SHOWN: PresentationFacts = {
  state: 'presented',
  expiresAt: 1000,
  agreementShown: 'a',
  agreementNow: 'a',
  effectShown: 'binds',
  effectNow: 'binds',
};

const refusalOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, ...error.facts };
    throw error;
  }
  return undefined;
};

describe('an assent', () => {
  test('with name, every statement and express assent is complete', () =>
    expect(refusalOf(() => refuseIncompleteAssent(SCREEN, COMPLETE))).toBeUndefined());

  test.each<[string, Partial<AcceptCommand>, string[]]>([
    ['an empty name', { typedName: '   ' }, ['typedName']],
    ['a name of one letter', { typedName: ' A ' }, ['typedName']],
    ['no assent', { assented: false }, ['assented']],
    ['a statement that is missing', { attestations: { read: true } }, ['attestations.lawful']],
    ['a statement that is denied', { attestations: { read: true, lawful: false } }, ['attestations.lawful']],
    ['a statement that was not on the screen', { attestations: { read: true, lawful: true, authority: true } }, ['attestations.authority']],
    [
      'a name that every object has',
      { attestations: { read: true, lawful: true, constructor: true } as Record<string, boolean> },
      ['attestations.constructor'],
    ],
    [
      'nothing at all',
      { typedName: '', attestations: {}, assented: false },
      ['typedName', 'assented', 'attestations.read', 'attestations.lawful'],
    ],
  ])('with %s is not, and every fault is named', (_, change, fields) => {
    expect(refusalOf(() => refuseIncompleteAssent(SCREEN, { ...COMPLETE, ...change }))).toEqual({ code: 'assent-incomplete', fields });
  });

  test('a statement named like a property of every object must still be made', () => {
    const screen = { ...SCREEN, attestations: [{ id: 'constructor', text: 'I built it.' }] };
    expect(refusalOf(() => refuseIncompleteAssent(screen, { ...COMPLETE, attestations: {} }))).toMatchObject({
      fields: ['attestations.constructor'],
    });
  });
});

describe('a presentation', () => {
  test.each(['accepted', 'declined', 'expired', 'outdated'] as const)('that is %s has ended', (state) => {
    expect(refusalOf(() => refuseEndedPresentation({ ...SHOWN, state }, 0))).toEqual({ code: 'presentation-ended', state });
  });

  test('can be answered until its end, not at it', () => {
    expect(refusalOf(() => refuseEndedPresentation(SHOWN, 999))).toBeUndefined();
    expect(refusalOf(() => refuseEndedPresentation(SHOWN, 1000))).toEqual({ code: 'presentation-expired', state: 'expired' });
  });

  test('of another agreement than the one that binds now is outdated, and both are named', () => {
    expect(refusalOf(() => refuseOutdatedPresentation(SHOWN))).toBeUndefined();
    expect(refusalOf(() => refuseOutdatedPresentation({ ...SHOWN, agreementNow: 'b' }))).toEqual({
      code: 'presentation-outdated',
      state: 'outdated',
      shown: 'a',
      current: 'b',
      differences: [],
    });
  });

  test('that would do something else by now is outdated, though its words are the same', () => {
    expect(refusalOf(() => refuseOutdatedPresentation({ ...SHOWN, effectNow: 'joins' }))).toMatchObject({ code: 'presentation-outdated' });
  });
});
