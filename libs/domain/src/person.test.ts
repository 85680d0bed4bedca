import { holdsRole, ROLES, type RoleAssignment } from './person.js';

const PLACE = { publisher: 'publisher-1', model: 'model-1' };
const assigned = (role: RoleAssignment['role'], scope: RoleAssignment['scope'], place: Partial<RoleAssignment> = {}): RoleAssignment => ({
  role,
  scope,
  publisher: null,
  model: null,
  ...place,
});

describe('a role', () => {
  test('that nobody gave is not held', () => expect(holdsRole([], 'reviewer', PLACE)).toBe(false));

  test('for the portal is held everywhere', () => {
    expect(holdsRole([assigned('reviewer', 'portal')], 'reviewer')).toBe(true);
    expect(holdsRole([assigned('reviewer', 'portal')], 'reviewer', PLACE)).toBe(true);
  });

  test('for a publisher is held over that one and its models only', () => {
    const roles = [assigned('publisher', 'publisher', { publisher: 'publisher-1' })];
    expect(holdsRole(roles, 'publisher', PLACE)).toBe(true);
    expect(holdsRole(roles, 'publisher', { publisher: 'publisher-2', model: 'model-1' })).toBe(false);
    expect(holdsRole(roles, 'publisher')).toBe(false);
  });

  test('for a model is held over that one only', () => {
    const roles = [assigned('reviewer', 'model', { model: 'model-1' })];
    expect(holdsRole(roles, 'reviewer', PLACE)).toBe(true);
    expect(holdsRole(roles, 'reviewer', { publisher: 'publisher-1', model: 'model-2' })).toBe(false);
    expect(holdsRole(roles, 'reviewer', { publisher: 'publisher-1' })).toBe(false);
  });

  test.each(['publisher', 'model'] as const)('scoped to a %s that is not named reaches nothing', (scope) => {
    expect(holdsRole([assigned('admin', scope)], 'admin')).toBe(false);
    expect(holdsRole([assigned('admin', scope)], 'reviewer', {})).toBe(false);
  });

  test.each(ROLES)('%s stands for itself and for no other, but an admin for all', (role) => {
    expect(holdsRole([assigned('admin', 'portal')], role, PLACE)).toBe(true);
    for (const other of ROLES) expect(holdsRole([assigned(other, 'portal')], role, PLACE)).toBe(other === role || other === 'admin');
  });
});
