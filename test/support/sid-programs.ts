import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { Client } from 'pg';
import { writeRootfs } from '../../infra/images/rootfs.js';
import { renamed } from './database.js';

/** Each of them a package with a program of its name. */
const PROGRAMS = ['transmission-cli', 'crane', 'oras'];
const REMEDY = 'apt-get install -y --no-install-recommends mmdebstrap, and run as root where deb.debian.org answers';
/** Any number serves: it keeps two test files from fetching the same at once. */
const LOCK = 7_223_455;
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/paddock');

/** A package's libraries and the loader among them, for this machine. */
const LIBRARIES: Readonly<Record<string, { folder: string; loader: string }>> = {
  x64: { folder: 'usr/lib/x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { folder: 'usr/lib/aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/**
 * Puts clients that Debian 12 lacks, or has too old, on this process's PATH: from Debian sid, extracted once into a cache and
 * run by the loader that came with them. Returns what to do where they are not there, for describeWithPeer.
 */
export async function sidPrograms(): Promise<string> {
  const name = createHash('sha256')
    .update(JSON.stringify([PROGRAMS, CACHE]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(CACHE, `sid-${name}`);
  try {
    await oneAtATime(() => extractOnce(folder));
  } catch (error) {
    return `${REMEDY}; Debian sid could not be extracted: ${reasonOf(error as Error)}`;
  }
  process.env['PATH'] = `${join(folder, 'programs')}${delimiter}${process.env['PATH']}`;
  return REMEDY;
}

/** What mmdebstrap said, without the command that said it. */
function reasonOf({ message }: Error): string {
  const said = message.split('\n').filter((line) => line.startsWith('E: '));
  return said.length > 0 ? said.join('; ') : message;
}

async function extractOnce(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const began = Date.now();
  process.stderr.write(`fetching ${PROGRAMS.join(', ')} from Debian sid (once) …\n`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    await mkdir(CACHE, { recursive: true });
    await writeRootfs({ suite: 'sid', packages: PROGRAMS, without: [] }, 0, unfinished);
    await writePrograms(unfinished, folder);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  process.stderr.write(`Debian sid's programs are there after ${Math.round((Date.now() - began) / 1000)} s\n`);
}

async function writePrograms(into: string, folder: string): Promise<void> {
  const { folder: libraries, loader } = LIBRARIES[process.arch]!;
  const search = join(folder, libraries);
  await mkdir(join(into, 'programs'));
  for (const program of PROGRAMS) {
    const run = [join(search, loader), '--library-path', search, join(folder, 'usr/bin', program)].map((word) => `'${word}'`).join(' ');
    await writeFile(join(into, 'programs', program), `#!/bin/sh\nexec ${run} "$@"\n`, { mode: 0o755 });
  }
}

/** By a lock of the PostgreSQL that all test files share: it ends with whoever held it. Nobody may stay in the database that others copy. */
async function oneAtATime(work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: renamed(process.env['PADDOCK_TEST_OWNER_URL']!, 'postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await work();
  } finally {
    await client.end();
  }
}
