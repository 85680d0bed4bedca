import { holdsRole, type RoleAssignment } from '@paddock/domain';

/** Where a webhook belongs: a model (with its publisher), a publisher, or the whole portal. */
export interface WebhookPlace {
  publisher: string | null;
  model: string | null;
}

/** A publisher's webhooks are for whoever publishes there, the portal's for its administrators. */
export function mayManage(roles: readonly RoleAssignment[], { publisher, model }: WebhookPlace): boolean {
  if (publisher === null) return holdsRole(roles, 'admin');
  return holdsRole(roles, 'publisher', { publisher, ...(model !== null && { model }) });
}

export interface ManagedPlaces {
  portal: boolean;
  allPublishers: boolean;
  publishers: string[];
  models: string[];
}

/** The same rule for lists: `mayManage` of each row, as values for a query. */
export function managedPlaces(roles: readonly RoleAssignment[]): ManagedPlaces {
  const publishing = roles.filter(({ role }) => role === 'publisher' || role === 'admin');
  return {
    portal: holdsRole(roles, 'admin'),
    allPublishers: publishing.some(({ scope }) => scope === 'portal'),
    publishers: publishing.flatMap(({ scope, publisher }) => (scope === 'publisher' && publisher ? [publisher] : [])),
    models: publishing.flatMap(({ scope, model }) => (scope === 'model' && model ? [model] : [])),
  };
}
