import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isSeatScope, Refusal } from '@paddock/domain';
import { REQUIREMENT, type Actor, type ActorRequest, type Requirement } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { IdentityService, type Identity } from './identity.service.js';
import { readSessionCookie } from './session-cookie.js';

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
    if (bearer) return actor(request, 'token', await this.identities.byToken(bearer));
    this.refuseForeignOrigin(request, false);
    const secret = readSessionCookie(request, this.runtime.publicUrl);
    const identity = secret ? await this.identities.bySession(secret) : undefined;
    if (!identity) return actor(request, 'anonymous');
    this.refuseForeignOrigin(request, true);
    return actor(request, 'session', identity);
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

function actor(request: ActorRequest, via: Actor['via'], identity?: Identity): Actor {
  return {
    account: identity?.account ?? null,
    seat: identity?.seat ?? null,
    via,
    scopes: identity?.scopes ?? [],
    licensee: identity?.licensee ?? null,
    // A token that is bound to a licensee acts for that one alone; staff powers are no licensee's.
    roles: identity?.licensee ? [] : (identity?.roles ?? []),
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
  };
}

function refuseUnlessAllowed(actor: Actor, requirement: Exclude<Requirement, 'machine'>): void {
  if (requirement === 'anyone') return;
  if (actor.via === 'anonymous') throw new Refusal('unauthenticated', 'This needs a signed-in person or an access token.');
  if (actor.via === 'session') return;
  if (actor.seat !== null && (requirement === 'person' || !isSeatScope(requirement)))
    throw new Refusal('seat-cannot', 'The token of a service seat cannot do this, whatever its scopes.');
  if (requirement === 'person') throw new Refusal('session-required', 'Access tokens cannot do this.');
  if (!actor.scopes.includes(requirement)) throw new Refusal('scope-missing', `This needs the scope \`${requirement}\`.`);
}
