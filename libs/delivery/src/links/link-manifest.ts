import { checkArtifactPath } from '@paddock/domain';

/** What a licensee fetches, with a link for each artifact. */
export interface LinkManifest {
  /** `publisher-model` slug. */
  model: string;
  release: string;
  expiresAt: Date;
  artifacts: LinkedArtifact[];
}

export interface LinkedArtifact {
  path: string;
  /** In bytes. */
  size: number;
  /** 64 lower-case hexadecimal digits. */
  sha256: string;
  /** Absolute, percent-encoded. */
  url: string;
}

/**
 * One line an artifact, `sha256 TAB size TAB path TAB url`: what a shell can read without a JSON parser.
 * It is the `text/tab-separated-values` answer to a request for links.
 */
export function manifestLines(artifacts: readonly LinkedArtifact[]): string {
  return artifacts.map(manifestLine).join('');
}

/** @throws RangeError for values that could break out of the line-based formats (TSV, aria2 input, shell here-document). */
export function assertPlainArtifact({ path, size, sha256, url }: LinkedArtifact): void {
  const check = checkArtifactPath(path);
  if (!check.ok) throw new RangeError(check.reason);
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`not a size in bytes: ${size}`);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`not a SHA-256 in hexadecimal: ${JSON.stringify(sha256)}`);
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(url)) throw new RangeError(`not an absolute, percent-encoded URL: ${JSON.stringify(url)}`);
}

function manifestLine(artifact: LinkedArtifact): string {
  assertPlainArtifact(artifact);
  return `${artifact.sha256}\t${artifact.size}\t${artifact.path}\t${artifact.url}\n`;
}
