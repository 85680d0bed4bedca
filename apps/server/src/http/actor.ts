import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { holdsRole, Refusal, type Role, type RoleAssignment, type TokenScope } from '@paddock/domain';
import type { FastifyRequest } from 'fastify';

/** A role as it stands now; `opensSealed` only matters to auditors. */
export interface HeldRole extends RoleAssignment {
  id: string;
  opensSealed: boolean;
}

/** Who sends a request, as far as it is proved, and from where. */
export interface Actor {
  account: string | null;
  /** A service seat: its token reads and downloads for its organization, and no person stands behind it. */
  seat: string | null;
  via: 'anonymous' | 'session' | 'token';
  /** Of the access token; empty for a session, which may do everything its person may. */
  scopes: readonly TokenScope[];
  /** A token may be bound to one licensee of its account; a seat's is its organization. */
  licensee: string | null;
  roles: readonly HeldRole[];
  /** Roles that stand back until a second factor is used. */
  rolesWithheld: readonly HeldRole[];
  /** Of a session: which one, when its person last proved who they are, and whether a second factor was part of that. */
  session: { id: string; authenticatedAt: Date; secondFactor: boolean } | null;
  /** The id of the access token. */
  token: string | null;
  /** The session of somebody who has yet to give the second factor: they are anonymous until then. */
  pendingSession: { id: string; account: string } | null;
  requestId: string;
  address: string;
  userAgent: string;
}

export type PersonActor = Actor & { account: string; seat: null };
/** Who may hold what is handed out: a person or a seat. */
export type HolderActor = PersonActor | (Actor & { account: null; seat: string; licensee: string });

/**
 * What a route asks of its caller: nothing, a signed-in person, or a scope (which a session has anyway). A route for
 * machines knows no accounts and looks at the caller's token by itself.
 */
export type Requirement = 'anyone' | 'machine' | 'person' | TokenScope;

export const REQUIREMENT = 'paddock:requirement';
/** Every route carries one; the guard refuses a route without. */
export const Allow = (requirement: Requirement) => SetMetadata(REQUIREMENT, requirement);

export type ActorRequest = FastifyRequest & { actor?: Actor };

export function actorOf(request: ActorRequest): Actor {
  if (!request.actor) throw new Error('The identity guard did not run.');
  return request.actor;
}

/** The caller, in routes that anyone may call. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => actorOf(context.switchToHttp().getRequest()));

/** The caller, in routes that an account must call. */
export const Person = createParamDecorator((_: unknown, context: ExecutionContext): PersonActor => {
  const actor = actorOf(context.switchToHttp().getRequest());
  if (actor.seat !== null) throw new Refusal('seat-cannot', 'This needs a person.');
  if (actor.account === null) throw new Refusal('unauthenticated', 'This needs an account.');
  return actor as PersonActor;
});

/** The caller, in the few routes that serve seats as well as people. */
export const Holder = createParamDecorator((_: unknown, context: ExecutionContext): HolderActor => {
  const actor = actorOf(context.switchToHttp().getRequest());
  if (actor.account === null && actor.seat === null) throw new Refusal('unauthenticated', 'This needs an account or a seat.');
  return actor as HolderActor;
});

/**
 * Whether one of the actor's roles fits. Where only one fits that a second factor would bring, "no" were the wrong answer:
 * it is refused with the way there.
 */
export function hasRole(actor: Actor, fits: (held: RoleAssignment) => boolean): boolean {
  if (actor.roles.some(fits)) return true;
  if (actor.rolesWithheld.some(fits)) throw new Refusal('second-factor-required', 'Your roles wait for a second factor.');
  return false;
}

/** The actor's roles of these kinds, for what shows only what they cover; refused as by hasRole. */
export function rolesAs(actor: Actor, ...kinds: Role[]): HeldRole[] {
  const fits = ({ role }: RoleAssignment) => kinds.includes(role);
  return hasRole(actor, fits) ? actor.roles.filter(fits) : [];
}

/** Staff powers are asked here and nowhere else. */
export function mayAs(actor: Actor, role: Role, place: { publisher?: string; model?: string } = {}): boolean {
  return hasRole(actor, (held) => holdsRole([held], role, place));
}

export function refuseWithoutRole(actor: Actor, role: Role, place: { publisher?: string; model?: string } = {}): void {
  if (!mayAs(actor, role, place)) throw new Refusal('role-missing', `This needs the role \`${role}\` here.`);
}
