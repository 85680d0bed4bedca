import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isSeatScope, Refusal } from '@paddock/domain';
import { REQUIREMENT, type Actor, type ActorRequest, type Requirement } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { readCookie } from './cookies.js';
import { IdentityService, type Identity, type SessionIdentity } from './identity.service.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The one place that says who sends a request, and whether the route is open to them. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identities: IdentityService,
    private readonly runtime: Runtime,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ActorRequest>();
    const requirement = this.reflector.get<Requirement | undefined>(REQUIREMENT, context.getHandler());
    if (requirement === undefined) throw new Error(`${context.getClass().name}.${context.getHandler().name} does not say whom it allows.`);
    if (requirement === 'machine') return true;
    const actor = await this.identify(request);
    request.actor = actor;
    refuseUnlessAllowed(actor, requirement);
    return true;
  }

  private async identify(request: ActorRequest): Promise<Actor> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return this.actor(request, 'token', await this.identities.byToken(bearer));
    this.refuseForeignOrigin(request, false);
    const secret = readCookie(request, this.runtime.publicUrl, 'paddock-session');
    const identity = secret ? await this.identities.bySession(secret) : undefined;
    if (!identity) return this.actor(request, 'anonymous');
    this.refuseForeignOrigin(request, true);
    return this.sessionActor(request, identity);
  }

  /** Whoever has yet to give the second factor is nobody, but for that one step. */
  private sessionActor(request: ActorRequest, identity: SessionIdentity): Actor {
    const { session: id, account, state, authenticatedAt, secondFactor } = identity;
    if (state === 'second-factor-required') return { ...this.actor(request, 'anonymous'), pendingSession: { id, account } };
    return { ...this.actor(request, 'session', identity), session: { id, authenticatedAt, secondFactor } };
  }

  private actor(request: ActorRequest, via: Actor['via'], identity?: Identity): Actor {
    // A token that is bound to a licensee acts for that one alone; staff powers are no licensee's.
    const roles = identity?.licensee ? [] : (identity?.roles ?? []);
    const withheld = this.runtime.config.staffSecondFactor === 'required' && !identity?.secondFactor;
    return {
      account: identity?.account ?? null,
      seat: identity?.seat ?? null,
      via,
      scopes: identity?.scopes ?? [],
      licensee: identity?.licensee ?? null,
      roles: withheld ? [] : roles,
      rolesWithheld: withheld ? roles : [],
      session: null,
      token: identity?.token ?? null,
      pendingSession: null,
      requestId: request.id,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    };
  }

  /** Cross-site request forgery: a cookie alone proves no intent, and a browser cannot forge `Origin`. */
  private refuseForeignOrigin(request: ActorRequest, required: boolean): void {
    if (SAFE.has(request.method)) return;
    const { origin } = request.headers;
    if (origin === undefined ? required : origin !== this.runtime.publicUrl) {
      throw new Refusal('origin-mismatch', `\`Origin\` must be ${this.runtime.publicUrl}.`);
    }
  }
}

function refuseUnlessAllowed(actor: Actor, requirement: Exclude<Requirement, 'machine'>): void {
  if (requirement === 'anyone') return;
  if (actor.pendingSession) throw new Refusal('second-factor-pending', 'This session has yet to give its second factor.');
  if (actor.via === 'anonymous') throw new Refusal('unauthenticated', 'This needs a signed-in person or an access token.');
  if (actor.via === 'session') return;
  if (actor.seat !== null && (requirement === 'person' || !isSeatScope(requirement)))
    throw new Refusal('seat-cannot', 'The token of a service seat cannot do this, whatever its scopes.');
  if (requirement === 'person') throw new Refusal('session-required', 'Access tokens cannot do this.');
  if (!actor.scopes.includes(requirement)) throw new Refusal('scope-missing', `This needs the scope \`${requirement}\`.`);
}
