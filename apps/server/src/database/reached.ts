import type { Config } from '../config.js';
import { claimDataFolder, FolderInUse } from './data-folder.js';
import { runningPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/** The portal's database for another program: the configured one, or the embedded one, which is started where no server runs it. */
export async function reachDatabase(config: Config, say: (line: string) => void): Promise<{ url: string; leave(): Promise<void> }> {
  const { PADDOCK_DATABASE_URL: url, dataDir } = config;
  if (url) return { url, leave: async () => undefined };
  try {
    const release = claimDataFolder(dataDir);
    const postgres = await startEmbeddedPostgres(dataDir, say);
    const leave = async () => {
      await postgres.stop();
      release();
    };
    return { url: postgres.serverUrl, leave };
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    return { url: runningPostgres(dataDir), leave: async () => undefined };
  }
}
