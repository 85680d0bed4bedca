import { Email } from '@paddock/contracts';
import type { OidcProvider } from '../../oidc-providers.js';

/** Whom a provider vouches for. */
export interface ProvedIdentity {
  provider: string;
  issuer: string;
  subject: string;
  /** null where the provider tells none that could be one. */
  email: string | null;
  /** Only what the provider says so plainly: text "true" is no proof. */
  emailVerified: boolean;
  name: string | null;
}

const MOST_NAME = 200;

/** Claims are others' words: what has not the form that it should have counts as not told. */
export function claimsOf({ id, issuer }: OidcProvider, claims: Readonly<Record<string, unknown>>): ProvedIdentity {
  const email = Email.safeParse(claims['email']).data ?? null;
  const given = [claims['given_name'], claims['family_name']].map(nameIn).filter((part) => part !== null);
  return {
    provider: id,
    issuer,
    subject: String(claims['sub']),
    email,
    emailVerified: email !== null && claims['email_verified'] === true,
    name: nameIn(claims['name']) ?? (given.length > 0 ? given.join(' ').slice(0, MOST_NAME) : null),
  };
}

function nameIn(claim: unknown): string | null {
  if (typeof claim !== 'string' || !claim.isWellFormed() || claim.includes('\0')) return null;
  return claim.trim().slice(0, MOST_NAME).toWellFormed() || null;
}
