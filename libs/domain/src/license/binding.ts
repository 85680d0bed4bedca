import { Refusal } from '../refusal.js';
import type { MemberRole } from '../organization/membership.js';

/** What an acceptance does: it binds the licensee, or joins the licensee's acceptance for one member alone. */
export type AssentEffect = 'binds' | 'joins';

export type Coverage = 'organization' | 'each-member';

export interface BindingFacts {
  /** The actor's open membership in the licensee; null where the licensee is the person themselves. */
  role: MemberRole | null;
  /** The organization's acceptance that holds now, by the coverage of the license version that it accepted. */
  current: { coverage: Coverage; /** The actor signed or joined it. */ own: boolean } | null;
}

/**
 * What an acceptance of this actor would do: bind the licensee, or join the organization's current acceptance for the
 * member alone. Nobody but an officer binds an organization; an officer who has not answered for themselves joins first,
 * so that using a grant never forces a newer text on everybody.
 */
export function assentEffect({ role, current }: BindingFacts): AssentEffect {
  if (role === null) return 'binds';
  if (current?.coverage === 'each-member' && !(role === 'officer' && current.own)) return 'joins';
  if (role === 'officer') return 'binds';
  throw new Refusal(
    'officer-required',
    current
      ? 'The organization has accepted, and its license covers you: there is nothing for you to accept.'
      : 'The organization must accept first, and an officer alone can bind it.',
  );
}
