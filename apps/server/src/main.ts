import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { ConfigurationError, readConfig, type Config } from './config.js';
import type { Portal } from './portal.js';

const say = (line: string) => process.stderr.write(`paddock: ${line}\n`);

let running: Portal | undefined;
stopWhenAsked();
try {
  const config = readConfig();
  const began = performance.now();
  // Only now: whoever has a fault in the configuration need not wait until everything is loaded.
  const { startPortal } = await import('./portal.js');
  running = await startPortal(config, say);
  tellAdministrator(running, config);
  say(`ready at ${running.url} after ${((performance.now() - began) / 1000).toFixed(1)} s (Ctrl-C stops it)`);
} catch (error) {
  say(error instanceof ConfigurationError ? `the configuration has faults:\n${error.message}` : `cannot start: ${describe(error)}`);
  process.exitCode = 1;
  await running?.stop();
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
  mkdirSync(config.dataDir, { recursive: true });
  // Anew: a mode is given to new files only.
  rmSync(file, { force: true });
  writeFileSync(file, `${administrator.link}\n`, { mode: 0o600 });
  say(`there is no administrator yet; within an hour, open the link in ${file}`);
}

/** From the first moment on: a signal or a lost parent while the portal starts must not be missed. */
function stopWhenAsked(): void {
  let asked = false;
  const ask = (status: number) => {
    // A second Ctrl-C is impatience, and a start leaves nothing to finish: PostgreSQL's guard sees to it that nothing stays behind.
    if (asked || !running) process.exit(status);
    asked = true;
    void stop(running);
  };
  process.on('SIGINT', () => ask(130));
  process.on('SIGTERM', () => ask(143));
  // Whoever started us with a channel holds its other end: when they die without a word, it closes.
  if (process.channel) {
    process.once('disconnect', () => ask(1));
    process.channel.unref();
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
