import type { ClientBase } from 'pg';
import type { Config } from './config.js';
import { APPLICATION } from './database/connection.js';
import { FolderInUse } from './database/data-folder.js';
import { claimDatabase, type ReachedDatabase } from './database/reached.js';
import { ProgramRefusal, say } from './program.js';

const CONNECTED = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid() LIMIT 1`;

/** The portal's database for a program that no server may run beside. Throws ProgramRefusal while one runs the embedded one. */
export async function claimedDatabase(config: Config): Promise<ReachedDatabase> {
  try {
    return await claimDatabase(config, say);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw running(error.message, error);
  }
}

/** Throws ProgramRefusal while a server is connected to the database, as far as the role may see. */
export async function refuseServed(session: ClientBase): Promise<void> {
  const { rows } = await session.query(CONNECTED, [APPLICATION]);
  if (rows.length > 0) throw running('a server is connected to the database', undefined);
}

function running(detail: string, cause: unknown): ProgramRefusal {
  return new ProgramRefusal('portal-running', detail, 'Stop every process of the portal first, or name another place.', { cause });
}
