import { assertPlainArtifact, type LinkManifest } from './link-manifest.js';

/**
 * A Metalink document (RFC 5854): `aria2c -M FILE` fetches every artifact, resumes and verifies. The torrent, which holds
 * all of the files, is named as a `metaurl` of each of them.
 * @throws RangeError for a path, digest or URL that could add elements of its own
 */
export function metalink({ model, release, artifacts }: LinkManifest, torrent: string | undefined): string {
  const files = artifacts.map((artifact) => {
    assertPlainArtifact(artifact);
    return [
      `  <file name="${escape(artifact.path)}">`,
      `    <identity>${escape(`${model} ${release}`)}</identity>`,
      `    <size>${artifact.size}</size>`,
      `    <hash type="sha-256">${artifact.sha256}</hash>`,
      ...(torrent ? [`    <metaurl mediatype="torrent" priority="2" name="${escape(artifact.path)}">${escape(torrent)}</metaurl>`] : []),
      `    <url priority="1">${escape(artifact.url)}</url>`,
      '  </file>\n',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<metalink xmlns="urn:ietf:params:xml:ns:metalink">\n  <generator>Paddock</generator>\n${files.join('')}</metalink>\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
