export const ROLES = ['reviewer', 'publisher', 'auditor', 'admin'] as const;
/** `researcher` is everybody; the others are assigned, each with a scope and a time. */
export type Role = (typeof ROLES)[number];

export interface RoleAssignment {
  role: Role;
  scope: 'portal' | 'publisher' | 'model';
  publisher: string | null;
  model: string | null;
}

/** Whether the assignments give one of the roles over this place. An admin holds every staff power. */
export function holdsRole(assignments: readonly RoleAssignment[], role: Role, place: { publisher?: string; model?: string } = {}): boolean {
  return assignments.some(
    (held) =>
      (held.role === role || held.role === 'admin') &&
      (held.scope === 'portal' ||
        (held.scope === 'publisher' && held.publisher !== null && held.publisher === place.publisher) ||
        (held.scope === 'model' && held.model !== null && held.model === place.model)),
  );
}

export const TOKEN_SCOPES = ['read', 'request', 'download', 'publish', 'audit'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
