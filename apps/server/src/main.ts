import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { ConfigurationError, readConfig, type Config } from './config.js';
import { startPortal, type Portal } from './portal.js';

const say = (line: string) => process.stderr.write(`paddock: ${line}\n`);

try {
  const config = readConfig();
  const began = performance.now();
  const portal = await startPortal(config, say);
  tellAdministrator(portal, config);
  say(`ready at ${portal.url} after ${((performance.now() - began) / 1000).toFixed(1)} s (Ctrl-C stops it)`);
  stopOnSignal(portal);
} catch (error) {
  say(error instanceof ConfigurationError ? `the configuration has faults:\n${error.message}` : `cannot start: ${describe(error)}`);
  process.exitCode = 1;
}

/** A link that makes somebody administrator is secret: shown on a terminal, else kept in a file that the owner alone can read. */
function tellAdministrator({ administrator }: Portal, config: Config): void {
  if (administrator.made) say(`${config.PADDOCK_ADMIN_EMAIL} is the administrator`);
  if (!administrator.link) return;
  if (process.stderr.isTTY) {
    say(`there is no administrator yet; within an hour, open ${administrator.link}`);
    return;
  }
  const file = join(config.dataDir, 'first-administrator-link');
  writeFileSync(file, `${administrator.link}\n`, { mode: 0o600 });
  say(`there is no administrator yet; within an hour, open the link in ${file}`);
}

function stopOnSignal(portal: Portal): void {
  let asked = false;
  const ask = () => {
    // A second Ctrl-C is impatience: PostgreSQL's guard sees to it that nothing stays behind.
    if (asked) process.exit(130);
    asked = true;
    void stop(portal);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, ask);
  // Whoever started us with a channel holds its other end: when they die without a word, it closes.
  if (process.channel) {
    process.channel.unref();
    process.once('disconnect', ask);
  }
}

async function stop(portal: Portal): Promise<void> {
  say('stopping; running downloads may finish');
  try {
    await portal.stop();
    process.exit(0);
  } catch (error) {
    say(`stopping failed: ${describe(error)}`);
    process.exit(1);
  }
}

function describe(error: unknown): string {
  const lines: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) lines.push(cause.message);
  return lines.join('\n  because: ') || String(error);
}
