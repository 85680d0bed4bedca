import { Refusal } from '../refusal.js';
import { assentEffect, type BindingFacts } from './binding.js';

const effectOf = (facts: BindingFacts) => {
  try {
    return assentEffect(facts);
  } catch (error) {
    return (error as Refusal).code;
  }
};
const covering = (coverage: 'organization' | 'each-member', own = false) => ({ coverage, own });

test.each<[string, BindingFacts, string]>([
  ['a person binds themselves', { role: null, current: null }, 'binds'],
  ['an officer binds', { role: 'officer', current: null }, 'binds'],
  ['a member does not', { role: 'member', current: null }, 'officer-required'],
  ['nor where the organization’s acceptance covers them', { role: 'member', current: covering('organization') }, 'officer-required'],
  ['a member joins where each must accept', { role: 'member', current: covering('each-member') }, 'joins'],
  ['and may do so again', { role: 'member', current: covering('each-member', true) }, 'joins'],
  ['an officer who has not answered yet joins too', { role: 'officer', current: covering('each-member') }, 'joins'],
  ['one who has binds anew', { role: 'officer', current: covering('each-member', true) }, 'binds'],
  ['an officer renews what covers all', { role: 'officer', current: covering('organization') }, 'binds'],
])('%s', (_, facts, effect) => expect(effectOf(facts)).toBe(effect));
