import { rolesAs, type Actor } from '../../http/actor.js';

/** The columns that name the publisher and the model in a statement. */
export interface PlaceColumns {
  publisher: string;
  model: string;
}

/** SQL that keeps to the models that the actor reviews. Adds its parameters to `values`. */
export function reviewedModels(actor: Actor, columns: PlaceColumns, values: unknown[]): string {
  const roles = rolesAs(actor, 'reviewer', 'admin');
  const value = (given: unknown) => `$${values.push(given)}`;
  if (roles.some(({ scope }) => scope === 'portal')) return 'true';
  return `(${columns.publisher} = ANY (${value(roles.flatMap(({ publisher }) => publisher ?? []))}::uuid[]) OR ${columns.model} = ANY (${value(roles.flatMap(({ model }) => model ?? []))}::uuid[]))`;
}
