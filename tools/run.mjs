#!/usr/bin/env node
// `npm start`, `npm test` and their kin: does all set-up that is not done yet, then the task. Runs on Node 20 and later;
// the task itself runs on the Node that package-lock.json pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules/.bin');
const stamps = join(root, '.stamps');
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  // What V8 made of the modules: a start takes a second less.
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
};
const interactive = process.stderr.isTTY === true;

const TASKS = {
  start: () => supervise(join(bin, 'node'), ['--enable-source-maps', 'apps/server/dist/bundle/main.js']),
  test: () => supervise(join(bin, 'node'), ['tools/test.mjs', ...process.argv.slice(3)]),
  bench: () => supervise(join(bin, 'node'), ['test/bench/run.ts', ...process.argv.slice(3)]),
  soak: () => supervise(join(bin, 'node'), ['test/bench/run.ts', 'soak', ...process.argv.slice(3)]),
  screenshots: () => supervise(join(bin, 'node'), ['test/pictures/run.ts', ...process.argv.slice(3)]),
  image: () => supervise(join(bin, 'node'), ['infra/images/build.ts', ...process.argv.slice(3)]),
  docs: () => supervise(join(bin, 'node'), ['tools/docs.mjs', ...process.argv.slice(3)]),
  lint: () => supervise('nx', ['run', 'workspace:lint', '--outputStyle=static']),
  typecheck: () => supervise('nx', ['run', 'workspace:typecheck', '--outputStyle=static']),
  build: async () => 0,
};

const task = TASKS[process.argv[2]];
if (!task) {
  say(`there is no such task; choose one of ${Object.keys(TASKS).join(', ')}`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  say('this checkout runs on Linux: its pinned Node and PostgreSQL come as Linux packages');
  process.exit(2);
}
await installDependencies();
await build();
process.exit(await task());

async function installDependencies() {
  // A link leads to another checkout's dependencies: installing through it would pull them from under that one.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const file = join(stamps, 'dependencies');
  if (existsSync(join(bin, 'node')) && existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  await step('installing dependencies (once; about a minute)', 'npm', [
    'ci',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--no-progress',
  ]);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(file, stamp);
}

async function build() {
  await step('building', 'nx', ['run-many', '-t', 'build', '--outputStyle=static']);
}

/** Runs quietly with a line that counts the seconds; when it fails, shows what it said. */
async function step(title, command, args) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const show = () => interactive && process.stderr.write(`\r${title} … ${seconds()} s`);
  if (!interactive) say(`${title} …`);
  show();
  const timer = setInterval(
    interactive ? show : () => say(`  still ${title.split(' ')[0]} after ${seconds()} s`),
    interactive ? 1000 : 15_000,
  );
  const output = [];
  const code = await ended(command, args, (chunk) => output.push(chunk));
  clearInterval(timer);
  process.stderr.write(interactive ? `\r${title}: ${code === 0 ? 'done' : 'failed'} after ${seconds()} s\n` : '');
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  say(`${title}: failed`);
  process.exit(code);
}

function ended(command, args, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.once('error', (error) => {
      onOutput(Buffer.from(`${command}: ${error.message}\n`));
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs the task in a process group of its own, so that one Ctrl-C is one signal to it however many processes the terminal
 * tells. It holds the other end of an IPC channel, which tells it when this process dies without a word.
 */
function supervise(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    let last = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // npm and the terminal both pass a Ctrl-C on: within a second they are one.
        if (Date.now() - last < 1000) return;
        last = Date.now();
        child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      });
    }
    // npm runs us by `exec`, so that its signals reach us; when it is killed outright, we are handed to another parent.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
    child.once('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
