import type { Config } from '../config.js';
import { claimDataFolder, FolderInUse } from './data-folder.js';
import { runningPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

export interface ReachedDatabase {
  /** Of the server's role. */
  url: string;
  ownerUrl: string;
  leave(): Promise<void>;
}

/** The portal's database for another program: the configured one, or the embedded one, which is started where no server runs it. */
export async function reachDatabase(config: Config, say: (line: string) => void): Promise<ReachedDatabase> {
  const { dataDir } = config;
  try {
    return await claimDatabase(config, say);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    return { url: runningPostgres(dataDir), ownerUrl: runningPostgres(dataDir, 'paddock_owner'), leave: async () => undefined };
  }
}

/** The same for a program that must have it for itself. Throws FolderInUse while a server runs the embedded one. */
export async function claimDatabase(config: Config, say: (line: string) => void): Promise<ReachedDatabase> {
  const { PADDOCK_DATABASE_URL: url, PADDOCK_DATABASE_OWNER_URL: ownerUrl, dataDir } = config;
  if (url) return { url, ownerUrl: ownerUrl ?? url, leave: async () => undefined };
  const release = claimDataFolder(dataDir);
  try {
    const { serverUrl, ownerUrl, stop } = await startEmbeddedPostgres(dataDir, say);
    const leave = async () => {
      await stop();
      release();
    };
    return { url: serverUrl, ownerUrl, leave };
  } catch (error) {
    release();
    throw error;
  }
}
