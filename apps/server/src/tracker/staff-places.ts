import { Refusal } from '@paddock/domain';
import { rolesAs, type Actor } from '../http/actor.js';

/** Publishers and models whose swarms this member of staff may look at; null for all of them. @throws Refusal */
export function staffPlaces(actor: Actor): [publishers: string[] | null, models: string[] | null] {
  const roles = rolesAs(actor, 'auditor', 'publisher', 'admin');
  if (roles.length === 0) throw new Refusal('role-missing', 'This is for auditors, publishers and administrators.');
  if (roles.some(({ scope }) => scope === 'portal')) return [null, null];
  return [roles.flatMap(({ publisher }) => publisher ?? []), roles.flatMap(({ model }) => model ?? [])];
}
