import { createHash } from 'node:crypto';

export interface Component {
  name: string;
  version: string;
  /** Package URL (purl-spec). */
  purl: string;
}

/** SPDX 2.3 in JSON: what the image is made of, the same text for the same parts. */
export function spdxDocument(name: string, components: readonly Component[], epoch: number): string {
  const sorted = components.toSorted((a, b) => (a.purl < b.purl ? -1 : 1));
  const identity = createHash('sha256')
    .update(JSON.stringify([name, sorted]))
    .digest('hex');
  return JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: `https://paddock.invalid/spdx/${name}-${identity}`,
    creationInfo: { created: new Date(epoch * 1000).toISOString(), creators: ['Tool: paddock-images'] },
    documentDescribes: sorted.map((_, index) => `SPDXRef-${index}`),
    packages: sorted.map(({ name, version, purl }, index) => ({
      SPDXID: `SPDXRef-${index}`,
      name,
      versionInfo: version,
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
    })),
  });
}

/** The packages that dpkg's status file of a root file system names. */
export function debianPackages(status: string, suite: string): Component[] {
  return status
    .split(/\n\n+/)
    .map((paragraph) =>
      Object.fromEntries([...paragraph.matchAll(/^(Package|Version|Architecture): (.+)$/gm)].map(([, field, value]) => [field, value])),
    )
    .flatMap(({ Package: name, Version: version, Architecture: architecture }) =>
      name && version
        ? [{ name, version, purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}&distro=${suite}` }]
        : [],
    );
}
