import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { end, type Stage } from './stage.ts';
import { Visitor } from './visitor.ts';

const server = resolve(import.meta.dirname, '../../apps/server/dist/bundle/main.js');
const administrator = { email: 'admin@example.org', password: 'correct-horse-battery' };

export interface StagedPortal {
  url: string;
  pid: number;
  dataDir: string;
  admin: Visitor;
}

/** A real server process with its own PostgreSQL, disk store and demo. Arguments for Node go before the program. */
export async function startPortal(
  stage: Stage,
  { env = {}, node = [] }: { env?: Record<string, string>; node?: string[] } = {},
): Promise<StagedPortal> {
  const dataDir = join(stage.folder, 'portal');
  const log = join(stage.folder, 'portal.log');
  const out = openSync(log, 'a');
  const child = stage.start(process.execPath, [...node, server], {
    stdio: ['ignore', out, out],
    env: {
      PATH: process.env['PATH'],
      PADDOCK_DATA_DIR: dataDir,
      PADDOCK_PORT: '0',
      PADDOCK_ADMIN_EMAIL: administrator.email,
      PADDOCK_ADMIN_PASSWORD: administrator.password,
      ...env,
    },
  });
  let stopping = false;
  child.once('exit', (code, signal) => {
    if (!stopping) process.stderr.write(`the portal ended (${code ?? signal}):\n${readFileSync(log, 'utf8').slice(-4000)}\n`);
  });
  // Asked first, so that PostgreSQL is stopped in good order.
  stage.undo(() => {
    stopping = true;
    return end(child, 'SIGTERM');
  });
  for (;;) {
    const said = await readFile(log, 'utf8');
    const url = /ready at (\S+)/.exec(said)?.[1];
    if (url)
      return { url, pid: child.pid ?? 0, dataDir, admin: await new Visitor(url).signIn(administrator.email, administrator.password) };
    if (child.exitCode !== null) throw new Error(`the portal ended before it was ready:\n${said}`);
    await setTimeout(50);
  }
}
