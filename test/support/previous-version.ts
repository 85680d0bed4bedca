import { execFile, execFileSync } from 'node:child_process';
import { mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../..');
const SWC = ['--strip-leading-paths', '--copy-files', '--quiet', '--ignore', '**/*.test.ts'];
const BUILT = [
  'libs/domain',
  'libs/ledger',
  'libs/contracts',
  'libs/storage',
  'libs/delivery',
  'libs/capture',
  'migrations',
  'apps/server',
];

const run = promisify(execFile);

/** The commit before the newest migration, or undefined where the history does not reach so far. */
export function commitBefore(migration: string): string | undefined {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const added = git('log', '--diff-filter=A', '--format=%H', '--', `migrations/src/${migration}`).split('\n').at(-1);
    // Not committed yet: what is committed knows nothing of it.
    return git('rev-parse', '--verify', added ? `${added}^` : 'HEAD');
  } catch {
    return undefined;
  }
}

/**
 * Builds the server of a commit below a folder, with the dependencies that are installed here, and returns its program. Its pages
 * are those of this version.
 */
export async function buildPrevious(commit: string, folder: string): Promise<string> {
  await run('sh', ['-c', 'git archive "$1" .swcrc package.json libs migrations apps/server | tar -x -C "$2"', 'sh', commit, folder], {
    cwd: ROOT,
  });
  await linkDependencies(folder);
  await Promise.all(
    BUILT.map((room) =>
      run(
        process.execPath,
        [join(ROOT, 'node_modules/@swc/cli/bin/swc.js'), 'src', '--out-dir', 'dist', ...SWC, '--config-file', join(folder, '.swcrc')],
        {
          cwd: join(folder, room),
        },
      ),
    ),
  );
  await mkdir(join(folder, 'apps/web'), { recursive: true });
  await symlink(join(ROOT, 'apps/web/dist'), join(folder, 'apps/web/dist'));
  return join(folder, 'apps/server/dist/main.js');
}

/** The same packages from outside; of its own rooms that version's. */
async function linkDependencies(folder: string): Promise<void> {
  const [from, to] = [join(ROOT, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(join(to, '@paddock'), { recursive: true });
  for (const name of await readdir(from)) if (name !== '@paddock' && !name.startsWith('.')) await symlink(join(from, name), join(to, name));
  for (const name of await readdir(join(from, '@paddock'))) {
    const room = resolve(join(from, '@paddock'), await readlink(join(from, '@paddock', name)));
    await symlink(join(folder, relative(dirname(from), room)), join(to, '@paddock', name));
  }
}
