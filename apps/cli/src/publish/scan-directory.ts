import { checkArtifactPath, duplicatePaths } from '@paddock/domain';
import type { Stats } from 'node:fs';
import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CliFailure, EXIT } from '../cli-failure.js';

/** One file to publish, as it was when the directory was read. */
export interface LocalFile {
  /** Artifact path, `/`-separated. */
  path: string;
  /** Where it lies on this disk, with links resolved. */
  location: string;
  /** In bytes. */
  size: number;
  modifiedMs: number;
}

/**
 * Every file below a directory, in the order of the paths.
 * @throws CliFailure that lists all faults at once: nothing is uploaded from a directory that cannot be published whole.
 */
export async function scanDirectory(directory: string): Promise<LocalFile[]> {
  const root = await realpath(directory).catch(() => undefined);
  if (!root || !(await stat(root)).isDirectory()) throw unfit([`${directory}: not a directory`]);
  const faults: string[] = [];
  const files: LocalFile[] = [];
  for (const path of (await entriesBelow(root, '', faults)).sort()) {
    const file = await inspect(root, path, faults);
    if (file) files.push(file);
  }
  for (const group of duplicatePaths(files.map((file) => file.path))) {
    faults.push(`${group.join(' and ')}: one file on disks that ignore case`);
  }
  if (faults.length > 0) throw unfit(faults);
  if (files.length === 0) throw unfit([`${directory}: there are no files in it`]);
  return files;
}

async function entriesBelow(root: string, prefix: string, faults: string[]): Promise<string[]> {
  const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch(() => undefined);
  if (!entries) {
    faults.push(`${shown(prefix)}: the directory cannot be read`);
    return [];
  }
  const nested = entries.map((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? entriesBelow(root, path, faults) : [path];
  });
  return (await Promise.all(nested)).flat();
}

async function inspect(root: string, path: string, faults: string[]): Promise<LocalFile | undefined> {
  const location = await realpath(join(root, path)).catch(() => undefined);
  const check = checkArtifactPath(path);
  if (!check.ok) faults.push(`${shown(path)}: ${check.reason}`);
  const found = location === undefined ? undefined : await stat(location);
  const fault = location === undefined ? 'a link to nothing' : fileFault(root, location, found!);
  const readable = location !== undefined && !fault && (await isReadable(location));
  if (fault || !readable) faults.push(`${shown(path)}: ${fault ?? 'cannot be read'}`);
  if (!location || !found || fault || !readable || !check.ok) return undefined;
  return { path, location, size: found.size, modifiedMs: found.mtimeMs };
}

function fileFault(root: string, location: string, found: Stats): string | undefined {
  if (!location.startsWith(root.endsWith(sep) ? root : root + sep)) return 'a link that leaves the directory';
  if (found.isDirectory()) return 'a link to a directory';
  if (!found.isFile()) return 'neither a file nor a directory';
  return undefined;
}

async function isReadable(location: string): Promise<boolean> {
  return access(location, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** Names may hold anything, also what a terminal would act upon. */
function shown(path: string): string {
  return /^[\x20-\x7e]+$/.test(path) ? path : JSON.stringify(path);
}

function unfit(faults: string[]): CliFailure {
  const list = faults.map((fault) => `\n  ${fault}`).join('');
  return new CliFailure('directory-unfit', `nothing was uploaded:${list}`, 'Correct these and run the command again.', EXIT.refusedHere);
}
