import type { RefusalCode } from '../refusal.js';
import type { ReleaseState } from '../catalog/release.js';
import { channelBit, type Channel } from './channel.js';

export type GrantState = 'pending-acceptance' | 'active' | 'suspended' | 'expired' | 'revoked';

/**
 * Everything that the gate needs to know of one grant, one holder and one artifact. Times are milliseconds since the
 * epoch on the database's clock; Infinity stands for "no end". Read them at most one second before they are judged.
 */
export interface AccessFacts {
  releaseState: ReleaseState;
  artifactAccess: 'gated' | 'public';
  /** A gated model's public grant yields its public artifacts only; an open model's yields all. */
  grantReach: 'licensed' | 'everything' | 'public-artifacts';
  /** Approved and waiting for the acceptance. */
  pending: boolean;
  revoked: boolean;
  /** By one under a special license. */
  replaced: boolean;
  suspended: boolean;
  grantFrom: number;
  grantUntil: number;
  /** The holder acts for the licensee from..until (a membership); -Infinity..Infinity for a person's own grant. */
  holderFrom: number;
  holderUntil: number;
  assentRequired: boolean;
  accepted: boolean;
  /** When a later text must have been accepted instead. */
  acceptanceUntil: number;
  prerequisitesUntil: number;
  /** The license version's channels, one bit each; see channelBit. */
  channels: number;
}

export type Access = { readonly allowed: true; readonly until: number } | { readonly allowed: false; readonly code: RefusalCode };

const refused = (code: RefusalCode): Access => Object.freeze({ allowed: false, code });

const DRAFT = refused('release-not-published');
const WITHDRAWN = refused('release-withdrawn');
const NOT_GRANTED = refused('access-not-granted');
const REVOKED = refused('grant-revoked');
const REPLACED = refused('grant-replaced');
const HOLDER_ENDED = refused('holder-ended');
const SUSPENDED = refused('grant-suspended');
const PENDING = refused('acceptance-required');
const EXPIRED = refused('grant-expired');
const OUTDATED = refused('acceptance-outdated');
const PREREQUISITE = refused('prerequisite-expired');
const CHANNEL = refused('channel-not-allowed');

/**
 * The one gate: published release AND active grant AND entitled holder AND current acceptance where the license requires
 * assent AND valid prerequisites AND an allowed channel. Bytes, links, announces and pulls all ask this and nothing else.
 * `until` is the moment when the answer may change by the passing of time alone.
 */
export function effectiveAccess(facts: AccessFacts, channel: Channel, now: number): Access {
  if (facts.releaseState !== 'published') return facts.releaseState === 'draft' ? DRAFT : WITHDRAWN;
  if (facts.revoked) return REVOKED;
  if (facts.replaced) return REPLACED;
  if (facts.grantReach === 'public-artifacts' && facts.artifactAccess !== 'public') return NOT_GRANTED;
  if (now < facts.holderFrom || now >= facts.holderUntil) return HOLDER_ENDED;
  if (facts.suspended) return SUSPENDED;
  if (facts.pending) return PENDING;
  if (now >= facts.grantUntil) return EXPIRED;
  if (now < facts.grantFrom) return NOT_GRANTED;
  if (facts.assentRequired && facts.grantReach === 'licensed') {
    if (!facts.accepted) return PENDING;
    if (now >= facts.acceptanceUntil) return OUTDATED;
  }
  if (now >= facts.prerequisitesUntil) return PREREQUISITE;
  if ((facts.channels & channelBit(channel)) === 0) return CHANNEL;
  return { allowed: true, until: Math.min(facts.grantUntil, facts.holderUntil, facts.acceptanceUntil, facts.prerequisitesUntil) };
}
