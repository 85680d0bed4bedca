import { canonicalJson, sha256Hex } from '@paddock/ledger';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ProgramRefusal } from '../program.js';
import { faultOf, keepFile, KeptFile, once } from './kept-file.js';

const FILE = 'manifest.json';
const DIGEST = 'manifest.sha256';

const Table = z.strictObject({ name: z.string(), columns: z.array(z.string()).min(1), file: KeptFile });

/** What a backup holds. Every file of it but those of objects is named here with its digest; the inventory names those. */
export const Manifest = z.strictObject({
  type: z.literal('paddock-backup-v1'),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  /** Apart, for its file is deleted sooner than the rest; null where it was left out. */
  personKeys: Table.nullable(),
  keys: z.array(KeptFile),
  /** Tells another secret from the one of this database, and nothing of the secret itself. */
  secretFingerprint: z.string(),
  /** The newest checkpoint that had been published when the snapshot of the database was taken. */
  checkpoint: z.string().nullable(),
  store: z.strictObject({ kind: z.enum(['disk', 's3']), copied: z.boolean(), objects: z.int(), bytes: z.int(), inventory: KeptFile }),
});
export type Manifest = z.infer<typeof Manifest>;

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = canonicalJson(manifest);
  await keepFile(folder, FILE, once(text));
  await keepFile(folder, DIGEST, once(`${sha256Hex(text)}\n`));
}

/** Throws ProgramRefusal for a folder that is no backup, or whose manifest was changed since. */
export async function readManifest(folder: string): Promise<Manifest> {
  const [text, digest] = await Promise.all([FILE, DIGEST].map((name) => readFile(join(folder, name), 'utf8'))).catch(() => {
    throw new ProgramRefusal('no-backup', `${folder} is no backup: it has no manifest`, 'Name the folder that `paddock backup` told.');
  });
  if (sha256Hex(text!) !== digest!.trim()) throw damaged(['manifest.json has other bytes']);
  const manifest = Manifest.safeParse(JSON.parse(text!));
  if (manifest.success) return manifest.data;
  throw new ProgramRefusal('unknown-backup', 'the backup is of another kind', 'Restore it with the version of Paddock that made it.');
}

/** Throws ProgramRefusal unless every one of these files is as it was kept. */
export async function refuseDamaged(folder: string, files: AsyncIterable<KeptFile> | Iterable<KeptFile>): Promise<void> {
  const faults: string[] = [];
  for await (const file of files) {
    const fault = await faultOf(folder, file);
    if (fault !== undefined) faults.push(fault);
  }
  if (faults.length > 0) throw damaged(faults);
}

function damaged(faults: readonly string[]): ProgramRefusal {
  const more = faults.length > 5 ? ` and ${faults.length - 5} more` : '';
  const remedy = 'Nothing was changed. Restore another backup.';
  return new ProgramRefusal('damaged-backup', `${faults.slice(0, 5).join('; ')}${more}`, remedy);
}
