import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../apps/server/dist/database/migrate.js';
import { startEmbeddedPostgres } from '../../apps/server/dist/database/embedded-postgres.js';

/** One PostgreSQL for the whole run, its database migrated once: every test that needs one clones it (test/support/database.ts). */
export default async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-test-'));
  const postgres = await startEmbeddedPostgres(folder, () => undefined);
  await migrate(postgres.ownerUrl, postgres.serverUrl);
  process.env.PADDOCK_TEST_OWNER_URL = postgres.ownerUrl;
  process.env.PADDOCK_TEST_SERVER_URL = postgres.serverUrl;
  globalThis.stopTestPostgres = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  };
}
