import type { Person } from '../../../api/person.js';

/** Whether one's roles reach this model; the API decides, this spares people lists of what they cannot touch. */
export function mayPublish(person: Person, { slug, publisher }: { slug?: string; publisher: string }): boolean {
  return person.roles.some(
    ({ role, scope, place }) =>
      (role === 'publisher' || role === 'admin') &&
      (scope === 'portal' || (scope === 'publisher' && place === publisher) || (scope === 'model' && place === slug)),
  );
}
