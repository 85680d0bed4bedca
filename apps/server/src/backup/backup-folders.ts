import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ProgramRefusal } from '../program.js';

const NAME = /^\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z$/;
const DAY_MS = 86_400_000;
/** Apart from the other tables: it is deleted sooner. */
export const PERSON_KEYS = 'person-keys.zst';

/** A folder for one backup among others. Under another name until it is whole: what broke off is never taken for a backup. */
export async function newBackup(parent: string, now: Date): Promise<{ folder: string; complete(): Promise<string> }> {
  const whole = join(parent, now.toISOString().replaceAll(/:/g, ''));
  const folder = `${whole}.partial`;
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await mkdir(folder, { mode: 0o700 });
  const complete = async () => {
    await rename(folder, whole);
    return whole;
  };
  return { folder, complete };
}

/** The folder itself where it is a backup, else the newest one in it. */
export async function backupIn(folder: string): Promise<string> {
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  const newest = (await backupsIn(folder)).at(-1);
  if (newest) return newest;
  throw new ProgramRefusal('no-backup', `there is no backup in ${folder}`, 'Name the folder that `paddock backup` was given.');
}

/** Deletes the person keys of older backups: with them every backup could still tell who has been erased since. Returns how many. */
export async function forgetPersonKeys(parent: string, days: number, now: Date): Promise<number> {
  let forgotten = 0;
  for (const folder of await backupsIn(parent)) {
    const file = join(folder, PERSON_KEYS);
    if (!existsSync(file) || now.getTime() - takenAt(folder).getTime() <= days * DAY_MS) continue;
    await rm(file);
    forgotten += 1;
  }
  return forgotten;
}

/** By its name, for a damaged one forgets too. */
function takenAt(folder: string): Date {
  return new Date(basename(folder).replace(/T(\d\d)(\d\d)/, 'T$1:$2:'));
}

async function backupsIn(parent: string): Promise<string[]> {
  const names = await readdir(parent).catch((): string[] => []);
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(parent, name));
}
