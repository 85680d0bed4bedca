import { OPENNESS_DIMENSIONS, opennessLabel } from './openness.js';

describe('the openness label', () => {
  test('names every dimension, in one order, and what nobody declared is closed', () => {
    const label = opennessLabel('licensed', {});
    expect(label.dimensions.map(({ dimension }) => dimension)).toEqual([...OPENNESS_DIMENSIONS]);
    expect(label.dimensions.map(({ state }) => state)).toEqual(['licensed', 'closed', 'closed', 'closed', 'closed', 'closed']);
    expect([label.open, label.of]).toEqual([0, 6]);
  });

  test('of the weights follows the terms, whatever the publisher says', () => {
    expect(opennessLabel('licensed', { weights: 'open' }).dimensions[0]).toEqual({ dimension: 'weights', state: 'licensed' });
  });

  test('counts what is open, not what is licensed', () => {
    expect(opennessLabel('open', { paper: 'open', 'training-data': 'licensed' }).open).toBe(2);
  });
});
