import { Refusal } from '@paddock/domain';
import { rolesAs, type Actor } from '../http/actor.js';
import type { AuditKind } from './kinds/audit-kind.js';

/** What somebody may audit. */
export interface AuditedPlaces {
  portal: boolean;
  publishers: readonly string[];
  models: readonly string[];
  /** The role assignments that this rests on. */
  assignments: readonly string[];
}

/** The places of an auditor or administrator; with `sealed`, those alone whose sealed data they may open. */
export function auditedPlaces(actor: Actor, kind: Pick<AuditKind, 'model'>, sealed = false): AuditedPlaces {
  const held = rolesAs(actor, 'auditor', 'admin');
  if (held.length === 0) throw new Refusal('role-missing', 'The audit is for auditors and administrators.');
  if (sealed && actor.via !== 'session') throw new Refusal('session-required', 'What is sealed is opened to people, not to tokens.');
  const fit = sealed ? held.filter(({ role, opensSealed }) => role === 'admin' || opensSealed) : held;
  if (fit.length === 0) throw new Refusal('role-missing', 'Your role does not open what is sealed.');
  const portal = fit.filter(({ scope }) => scope === 'portal');
  if (kind.model === null && portal.length === 0) throw new Refusal('role-missing', 'This is for those who audit the whole portal.');
  return {
    portal: portal.length > 0,
    publishers: fit.flatMap(({ publisher }) => publisher ?? []),
    models: fit.flatMap(({ model }) => model ?? []),
    assignments: (portal.length > 0 ? portal : fit).map(({ id }) => id),
  };
}
