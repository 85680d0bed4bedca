import type { Config } from './config.js';
import { FolderInUse } from './database/data-folder.js';
import { claimDatabase, type ReachedDatabase } from './database/reached.js';
import { ProgramRefusal, say } from './program.js';

/** The portal's database for a program that no server may run beside. Throws ProgramRefusal while one runs the embedded one. */
export async function claimedDatabase(config: Config): Promise<ReachedDatabase> {
  try {
    return await claimDatabase(config, say);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw new ProgramRefusal('portal-running', error.message, 'Stop the portal first, or name another PADDOCK_DATA_DIR.');
  }
}
