import { ORGANIZATIONS } from './account/organizations.js';
import { PRIVACY } from './account/privacy.js';
import { PROFILE } from './account/profile.js';
import { SECURITY } from './account/security.js';
import { TOKENS } from './account/tokens.js';

/** One's own account and organizations. Read by their pages alone, so that the first page of a visitor does not carry it. */
export const OWN = { organizations: ORGANIZATIONS, profile: PROFILE, security: SECURITY, tokens: TOKENS, privacy: PRIVACY };
