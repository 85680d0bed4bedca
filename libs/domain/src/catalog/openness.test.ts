import type { Clause } from '../license/clause.js';
import { failedCriteria } from './open-source-definition.js';
import { mofStanding, OPENNESS_COMPONENTS, OPENNESS_DIMENSIONS, opennessLabel, type DeclaredOpenness, type MofClass } from './openness.js';

const openUpTo = (...classes: MofClass[]): DeclaredOpenness =>
  Object.fromEntries(
    OPENNESS_DIMENSIONS.filter((one) => classes.some((mof) => OPENNESS_COMPONENTS[one].mof === mof)).map((one) => [one, 'open']),
  );

describe('the openness label', () => {
  test('names every dimension, in one order, and what nobody declared is closed', () => {
    const label = opennessLabel('licensed', {});
    expect(label.dimensions.map(({ dimension }) => dimension)).toEqual(OPENNESS_DIMENSIONS);
    expect(label.dimensions[0]).toEqual({ dimension: 'weights', state: 'licensed' });
    expect(label.dimensions.slice(1).every(({ state }) => state === 'closed')).toBe(true);
    expect([label.open, label.of]).toEqual([0, OPENNESS_DIMENSIONS.length]);
  });

  test('of the weights follows the terms, whatever the publisher says', () => {
    expect(opennessLabel('licensed', { weights: 'open' }).dimensions[0]).toEqual({ dimension: 'weights', state: 'licensed' });
  });

  test('counts what is open, not what is licensed', () => {
    expect(opennessLabel('open', { paper: 'open', 'training-data': 'licensed' }).open).toBe(2);
  });
});

describe('the class of the Model Openness Framework', () => {
  test.each<[string, DeclaredOpenness, MofClass | null]>([
    ['nothing but weights', {}, null],
    ['the documents too', openUpTo('III'), 'III'],
    ['the code too', openUpTo('III', 'II'), 'II'],
    ['the data too', openUpTo('III', 'II', 'I'), 'I'],
    ['code without the documents', openUpTo('II', 'I'), null],
  ])('of %s', (_, declared, reached) => {
    const standing = mofStanding(opennessLabel('open', declared), true);
    expect(standing.class).toBe(reached);
    expect(standing.missing.length === 0).toBe(reached === 'I');
  });

  test('is not reached by licensed weights, nor by those under a license that OSI has not approved', () => {
    const all = openUpTo('III', 'II', 'I');
    expect(mofStanding(opennessLabel('licensed', all), true)).toEqual({ class: null, missing: ['weights'] });
    expect(mofStanding(opennessLabel('open', all), false)).toEqual({ class: null, missing: ['weights'] });
  });
});

describe('the criteria of the Open Source Definition', () => {
  const clause = (kind: Clause['kind'], parameters: Clause['parameters'] = {}): Clause => ({ kind, parameters, start: 0, end: 1 });

  test('are named by the clause that fails them, with their words', () => {
    const failed = failedCriteria([clause('attribution'), clause('monthly-active-users'), clause('field-of-use')], 'none');
    expect(failed.map(({ criterion, clause: by }) => [by?.kind, criterion])).toEqual([
      ['monthly-active-users', 5],
      ['field-of-use', 6],
    ]);
    expect(failed[0]!.quote).toContain('any person or group of persons');
  });

  test('are failed by assent itself, and by redistribution only where it is not allowed', () => {
    expect(failedCriteria([clause('redistribution', { withLicense: true })], 'required').map(({ criterion }) => criterion)).toEqual([7]);
    expect(failedCriteria([clause('redistribution', { allowed: false })], 'none').map(({ criterion }) => criterion)).toEqual([1]);
    expect(failedCriteria([], 'none')).toEqual([]);
  });
});
