import { assertPlainArtifact, type LinkedArtifact } from './link-manifest.js';

/**
 * With these, `aria2c -i FILE` alone resumes, verifies, and neither renames nor follows an artifact.
 * Not `check-integrity`: it throws a partial file without a control file away, and `checksum` finds wrong bytes anyway.
 */
const OPTIONS = {
  continue: 'true',
  'allow-overwrite': 'true',
  'auto-file-renaming': 'false',
  'file-allocation': 'none',
  'follow-torrent': 'false',
  'follow-metalink': 'false',
  'max-connection-per-server': '4',
  'max-tries': '5',
  'retry-wait': '2',
};

/**
 * An input file for `aria2c --input-file` (aria2c(1), "Input File"): a URL a line, its options indented below it.
 * @throws RangeError for a path, digest or URL that could add lines of its own.
 */
export function aria2Input(artifacts: readonly LinkedArtifact[]): string {
  return artifacts.map(entry).join('');
}

function entry(artifact: LinkedArtifact): string {
  assertPlainArtifact(artifact);
  const options = { out: artifact.path, checksum: `sha-256=${artifact.sha256}`, ...OPTIONS };
  const lines = Object.entries(options).map(([name, value]) => `  ${name}=${value}\n`);
  return `${artifact.url}\n${lines.join('')}`;
}
