/** Browsers keep passkeys for host names, not for bare addresses. */
export const passkeysWork = 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);

/** Has a passkey sign the challenge. Rejects when the person turns away. */
export async function assertion(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential).toJSON();
}
