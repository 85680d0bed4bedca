import { OCI_INDEX, type Descriptor } from '@paddock/domain';

/** OCI Distribution 1.1, "Listing Referrers": manifests whose subject this is, as an index that no other one need hold. */
export function referrersIndex(referrers: readonly Descriptor[]): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: referrers });
}
