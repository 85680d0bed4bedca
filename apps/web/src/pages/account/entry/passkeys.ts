import type { Problem } from '@paddock/contracts';
import { Refused } from '../../../api/client.js';
import { words } from '../../../words/index.js';

/** Browsers keep passkeys for host names, not for bare addresses. */
export const passkeysWork = 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);

/** A browser does not say why: somebody turned away, or there is none. */
const NO_PASSKEY: Problem = { type: 'about:blank', code: 'bad-second-factor', status: 401, ...words.account.noPasskey, requestId: '' };

/** Has a passkey sign the challenge. Throws Refused when the browser brings none. */
export async function assertion(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!credential) throw new Refused(NO_PASSKEY);
  return (credential as PublicKeyCredential).toJSON();
}
