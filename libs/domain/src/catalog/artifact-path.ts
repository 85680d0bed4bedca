const LONGEST_PATH = 512;
const SEGMENT = /^[A-Za-z0-9._+ -]+$/;
/** Names that Windows gives to devices, whatever follows the first dot. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

export type ArtifactPathCheck = { ok: true } | { ok: false; reason: string };

/**
 * Says whether an artifact may be stored and handed out under this path.
 * A path is relative, `/`-separated, at most 512 characters, and safe in URLs, torrents, shells and on any licensee's disk.
 */
export function checkArtifactPath(path: string): ArtifactPathCheck {
  if (path === '') return refused('the path is empty');
  if (path.length > LONGEST_PATH) return refused(`the path is longer than ${LONGEST_PATH} characters`);
  if (path.startsWith('/')) return refused('the path is not relative');
  for (const segment of path.split('/')) {
    const reason = segmentFault(segment);
    if (reason) return refused(reason);
  }
  return { ok: true };
}

/** The short form of {@link checkArtifactPath}, for filters and schemas. */
export function isArtifactPath(path: string): boolean {
  return checkArtifactPath(path).ok;
}

/**
 * Groups of paths that are one file on a disk that ignores case (macOS, Windows).
 * Each group has two or more members, in the order given.
 */
export function duplicatePaths(paths: readonly string[]): string[][] {
  const groups = Map.groupBy(paths, (path) => path.toLowerCase());
  return [...groups.values()].filter((group) => group.length > 1);
}

function segmentFault(segment: string): string | undefined {
  if (segment === '') return 'the path holds an empty segment';
  if (segment === '.' || segment === '..') return `the path holds the segment "${segment}"`;
  if (!SEGMENT.test(segment)) return `only letters, digits, space and ._+- may stand in a path: ${JSON.stringify(segment)}`;
  if (segment.startsWith('-')) return `a segment begins with "-": "${segment}"`;
  if (segment !== segment.trim()) return `a segment begins or ends with a space: "${segment}"`;
  if (segment.endsWith('.')) return `a segment ends with a dot, which Windows drops: "${segment}"`;
  if (DEVICE_NAME.test(segment.split('.')[0]!.trimEnd())) return `Windows reserves the name "${segment}"`;
  return undefined;
}

function refused(reason: string): ArtifactPathCheck {
  return { ok: false, reason };
}
