import licenses from 'spdx-license-list';

/** What the SPDX license list says of an identifier; undefined for one that it does not know. */
export function spdxLicense(id: string): { name: string; osiApproved: boolean } | undefined {
  return Object.hasOwn(licenses, id) ? licenses[id] : undefined;
}
