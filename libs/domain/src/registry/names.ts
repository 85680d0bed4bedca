/** OCI Distribution 1.1, section "Pulling manifests": one part of a repository's name, and a tag. */
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Such as a publisher's slug. */
export function isNameComponent(text: string): boolean {
  return COMPONENT.test(text);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** SHA-256 is the one algorithm that the registry stores by. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}
