import pg, { type ClientBase } from 'pg';
import { parse } from 'pg-connection-string';
import type { DataSourceOptions } from 'typeorm';
import { SnakeCaseNaming } from './naming.js';

/** What servers call themselves in pg_stat_activity. */
export const APPLICATION = 'paddock';

/** TypeORM's options for a PostgreSQL URL; `?host=/folder` names a socket's folder. */
export function connectionOptions(url: string, poolSize: number): DataSourceOptions & { type: 'postgres' } {
  const { host, port, user, password, database, ssl } = parse(url);
  return {
    type: 'postgres',
    // Asked for by its name at run time, it would be another copy than ours, without what tracing adds to it.
    driver: pg,
    host: host ?? 'localhost',
    port: port ? Number(port) : 5432,
    username: user,
    password,
    database: database ?? undefined,
    ssl: ssl as boolean | undefined,
    namingStrategy: new SnakeCaseNaming(),
    // A connection that PostgreSQL closes at its shutdown must not end the process.
    poolErrorHandler: () => undefined,
    extra: { max: poolSize, connectionTimeoutMillis: 5000, application_name: APPLICATION, onConnect: outliveItsLoss },
  };
}

/**
 * A lost connection fails its next statement, which is enough. Its event must be heard by somebody at every moment, also
 * between two users of the pool: unheard, it would end the process.
 */
function outliveItsLoss(client: ClientBase): void {
  client.on('error', () => undefined);
}

/** For requests: PostgreSQL ends what takes too long, and we do not wait for one that is frozen. */
export function serverOptions(url: string, poolSize: number): DataSourceOptions & { type: 'postgres' } {
  const options = connectionOptions(url, poolSize);
  return { ...options, extra: { ...(options.extra as object), statement_timeout: 30_000, query_timeout: 35_000 } };
}
