import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstAdministratorService } from './accounts/roles/first-administrator.service.js';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { claimDataFolder, keepSecret } from './database/data-folder.js';
import { startEmbeddedPostgres } from './database/embedded-postgres.js';
import { migrate } from './database/migrate.js';
import { DemoService } from './demo/demo.service.js';
import { makeApplication } from './http/application.js';
import { makeLogger } from './http/logging.js';
import { Metrics } from './http/metrics.js';
import type { Runtime } from './http/runtime.js';
import { configuredStore } from './configured-store.js';
import { KeyRing } from './keyring/key-ring.js';
import { configuredTracing } from './telemetry/configured-tracing.js';
import { UNTRACED } from './telemetry/tracing.js';

export interface Portal {
  url: string;
  app: NestFastifyApplication;
  /** What start has to tell whoever started it; the link is secret. */
  administrator: { made: boolean; link: string | undefined };
  /** Lets running downloads finish up to the configured limit, then ends everything that start began. */
  stop(): Promise<void>;
}

/** Starts everything in the order in which it depends on one another; what was begun is undone when a later step fails. */
export async function startPortal(config: Config, say: (line: string) => void): Promise<Portal> {
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const { ownerUrl, serverUrl } = await database(config, say, undo);
    say('bringing the schema up to date');
    for (const name of await migrate(ownerUrl, serverUrl)) say(`  ${name}`);

    if (!config.PADDOCK_SECRET) keepSecret(config.dataDir);
    const keys = await KeyRing.open(serverUrl, config);
    undo.push(() => keys.close());
    const closing = new AbortController();
    const runtime = await makeRuntime(config, keys, closing.signal);
    undo.push(() => runtime.tracing.stop());
    await runtime.store.check();
    const app = await makeApplication(AppModule.with(runtime, serverUrl), runtime);
    undo.push(() => closeGently(app, runtime, closing));
    if (config.PADDOCK_DEMO && config.loopback) {
      for (const model of await app.get(DemoService).publish()) say(`published the demo model ${model}`);
    }
    const { PADDOCK_ADMIN_EMAIL: email, PADDOCK_ADMIN_PASSWORD: password } = config;
    const made = email && password ? await app.get(FirstAdministratorService).make(email, password) : false;

    // Whoever can connect finds everything in its place. Only a link needs the port, which may be known only now.
    await app.listen(config.PADDOCK_PORT, config.PADDOCK_HOST);
    const { port } = app.getHttpServer().address() as { port: number };
    runtime.publicUrl = origin(config) ?? `http://${config.PADDOCK_HOST === '::1' ? '[::1]' : '127.0.0.1'}:${port}`;
    const administrator = { made, link: await app.get(FirstAdministratorService).link() };
    return { url: runtime.publicUrl, app, administrator, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function database(
  config: Config,
  say: (line: string) => void,
  undo: (() => unknown)[],
): Promise<{ ownerUrl: string; serverUrl: string }> {
  const { PADDOCK_DATABASE_URL: serverUrl, PADDOCK_DATABASE_OWNER_URL: ownerUrl } = config;
  if (serverUrl) return { serverUrl, ownerUrl: ownerUrl ?? serverUrl };
  undo.push(claimDataFolder(config.dataDir));
  say('starting PostgreSQL');
  const postgres = await startEmbeddedPostgres(config.dataDir, say);
  undo.push(() => postgres.stop());
  return postgres;
}

async function makeRuntime(config: Config, keys: KeyRing, closing: AbortSignal): Promise<Runtime> {
  const metrics = new Metrics();
  let tracing = UNTRACED;
  const logger = makeLogger(config.PADDOCK_LOG_LEVEL, () => tracing.ids());
  tracing = await configuredTracing(config, metrics.registry, logger);
  return {
    config,
    keys,
    closing,
    stopping: false,
    store: tracing.store(configuredStore(config)),
    logger,
    metrics,
    tracing,
    publicUrl: origin(config) ?? '',
    now: () => new Date(),
  };
}

/** In the one form in which browsers send an origin. */
function origin({ PADDOCK_PUBLIC_URL: url }: Config): string | undefined {
  return url && new URL(url).origin;
}

async function closeGently(app: NestFastifyApplication, runtime: Runtime, closing: AbortController): Promise<void> {
  runtime.stopping = true;
  const timer = setTimeout(() => {
    closing.abort();
    app.getHttpServer().closeAllConnections();
  }, runtime.config.PADDOCK_SHUTDOWN_SECONDS * 1000);
  await app.close();
  clearTimeout(timer);
}
