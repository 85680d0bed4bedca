import { rolesAs, type Actor } from '../../http/actor.js';

/** SQL that keeps to the models that the actor reviews; `m` is the model's row. Adds its parameters to `values`. */
export function reviewedModels(actor: Actor, values: unknown[]): string {
  const roles = rolesAs(actor, 'reviewer', 'admin');
  const value = (given: unknown) => `$${values.push(given)}`;
  if (roles.some(({ scope }) => scope === 'portal')) return 'true';
  return `(m.publisher_id = ANY (${value(roles.flatMap(({ publisher }) => publisher ?? []))}::uuid[]) OR m.id = ANY (${value(roles.flatMap(({ model }) => model ?? []))}::uuid[]))`;
}
