import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './children.js';
import { filesToRun, NoRelease, releaseOf, type CatalogRelease, type ReleaseFile } from './release.js';

interface Settings {
  portal: string;
  /** The volume that keeps what was fetched. */
  models: string;
  /** The command line that downloads, resumes and verifies: `paddock`, as the image carries it. */
  paddock: readonly [program: string, ...args: string[]];
}

export class NotFetched extends Error {
  constructor(readonly exitCode: number) {
    super('The release was not fetched; the reason and what to do are above.');
  }
}

/** The command line's exit code when the network or the portal failed. */
const NETWORK = 3;

/**
 * Brings the files of a release into the volume and returns the one to run. `paddock download` checks the SHA-256 of what is
 * there already, too, so that nothing runs that the release does not name. Where the portal does not answer, files that were
 * fetched whole before are run all the same, and that is said; where it refuses, nothing is run.
 */
export async function fetchedRelease(model: string, name: string, asked: string | undefined, settings: Settings): Promise<string> {
  const directory = join(settings.models, model, name);
  const kept = join(directory, '.paddock-release.json');
  const answered = await releaseOf(settings.portal, model, name).catch((error: unknown) => {
    if (error instanceof NoRelease) throw error;
    return undefined;
  });
  const unfetched = () => new NoRelease(`${settings.portal} does not answer, and ${model} ${name} was not fetched before`);
  const release = answered ?? (await read(kept));
  if (!release) throw unfetched();
  const files = filesToRun(release.files, asked);
  const code = answered ? await download(model, name, files, directory, settings) : NETWORK;
  if (code === 0) await writeFile(kept, JSON.stringify(release));
  else if (code !== NETWORK || !(await areThere(files, directory))) throw answered ? new NotFetched(code) : unfetched();
  else say('paddock: the portal does not answer; what was fetched and verified before is used');
  say(noticeOf(model, name, release));
  return join(directory, files[0].path);
}

async function download(
  model: string,
  name: string,
  files: readonly ReleaseFile[],
  directory: string,
  settings: Settings,
): Promise<number> {
  await mkdir(directory, { recursive: true });
  const [program, ...args] = settings.paddock;
  const paths = files.flatMap(({ path }) => ['--path', path]);
  return runToEnd(program, [...args, '--portal', settings.portal, 'download', model, name, '--dir', directory, ...paths]);
}

/** What was said of a release when files of it were fetched; undefined where none were, or an end came while it was written. */
async function read(kept: string): Promise<CatalogRelease | undefined> {
  try {
    return JSON.parse(await readFile(kept, 'utf8')) as CatalogRelease;
  } catch {
    return undefined;
  }
}

/** A file has its name once its SHA-256 is right. */
async function areThere(files: readonly ReleaseFile[], directory: string): Promise<boolean> {
  const asked = await Promise.allSettled(files.map(({ path }) => access(join(directory, path))));
  return asked.every(({ status }) => status === 'fulfilled');
}

function noticeOf(model: string, name: string, { license }: CatalogRelease): string {
  if (!license) return `paddock: ${model} ${name} has no license`;
  return [
    `paddock: ${model} ${name} is licensed to you under “${license.title}”, version ${license.version}.`,
    `paddock: the text that binds you: ${license.url} (SHA-256 ${license.sha256})`,
  ].join('\n');
}

const say = (line: string) => process.stderr.write(`${line}\n`);
