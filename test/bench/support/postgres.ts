import { resolve } from 'node:path';
import type { Stage } from '../../stage/stage.ts';

const built = resolve(import.meta.dirname, '../../../apps/server/dist');

type Embedded = typeof import('../../../apps/server/src/database/embedded-postgres.js');
type Migrate = typeof import('../../../apps/server/src/database/migrate.js');

/** The embedded PostgreSQL of the portal with the portal's schema, as the server finds it. */
export async function startPostgres(stage: Stage): Promise<{ ownerUrl: string; serverUrl: string }> {
  const { startEmbeddedPostgres } = await ofServer<Embedded>('database/embedded-postgres.js');
  const { migrate } = await ofServer<Migrate>('database/migrate.js');
  const postgres = await startEmbeddedPostgres(stage.folder, () => undefined);
  stage.undo(() => postgres.stop());
  await migrate(postgres.ownerUrl, postgres.serverUrl);
  return postgres;
}

/** A module of the built server: decorators keep its source from being run as it is. */
export async function ofServer<Module>(path: string): Promise<Module> {
  return (await import(`${built}/${path}`)) as Module;
}
