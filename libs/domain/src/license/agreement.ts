/** Everything that binds together: one license version and, for each policy it incorporates, one effective snapshot's text. */
export interface Agreement {
  licenseVersion: { license: string; n: number; sha256: string };
  policies: { policy: string; snapshot: string; rawSha256: string; textSha256: string }[];
}

/** The value whose canonical JSON (RFC 8785) is hashed to the agreement's id. Policies in the order of their slugs. */
export function agreementContent(agreement: Agreement): Record<string, unknown> {
  return {
    type: 'paddock-agreement-v1',
    licenseVersion: agreement.licenseVersion,
    policies: agreement.policies.toSorted((a, b) => (a.policy < b.policy ? -1 : 1)),
  };
}
