import type { RoleAssignment } from '@paddock/domain';

/** The columns that name the publisher and the model in a statement. */
export interface PlaceColumns {
  publisher: string;
  model: string;
}

/** SQL that keeps to the models that these roles review, or hold another role for; `true` for all of the portal. Adds its parameters to `values`. */
export function reviewedModels(
  roles: readonly RoleAssignment[],
  columns: PlaceColumns,
  values: unknown[],
  as: 'reviewer' | 'publisher' = 'reviewer',
): string {
  const reviewing = roles.filter(({ role }) => role === as || role === 'admin');
  if (reviewing.some(({ scope }) => scope === 'portal')) return 'true';
  const value = (given: string[]) => `$${values.push(given)}::uuid[]`;
  const publishers = value(reviewing.flatMap(({ publisher }) => publisher ?? []));
  return `(${columns.publisher} = ANY (${publishers}) OR ${columns.model} = ANY (${value(reviewing.flatMap(({ model }) => model ?? []))}))`;
}
