import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What nobody reads at run time: types, sources, source maps of others' code, and prose. Licenses stay. */
const NEVER_READ = /\.(?:[cm]?ts|map|flow|md|markdown)$|^\./;

/** What of our own runs. The rooms' own links in node_modules lead to them. */
const ROOMS = [
  ...['capture', 'contracts', 'delivery', 'domain', 'ledger', 'storage'].map((lib) => `libs/${lib}`),
  'migrations',
  'apps/server',
  'apps/cli',
];

/** The files of others' packages, each without the packages inside it, which are listed by themselves. */
export function packageFiles(root: string, packages: readonly string[]): string[] {
  return packages.flatMap((path) => below(root, path, (name) => name !== 'node_modules' && !NEVER_READ.test(name)));
}

/** The server, the command line and the pages, as they were built. */
export function roomFiles(root: string): string[] {
  const rooms = ROOMS.flatMap((room) => [`${room}/package.json`, ...below(root, `${room}/dist`)]);
  const links = [
    'node_modules/paddock',
    ...ROOMS.filter((room) => room !== 'apps/cli').map((room) => `node_modules/@paddock/${nameOf(room)}`),
  ];
  return [...rooms, ...links, ...below(root, 'apps/cli/bin'), ...below(root, 'apps/web/dist')];
}

const nameOf = (room: string) => room.slice(room.lastIndexOf('/') + 1);

function below(root: string, path: string, wanted: (name: string) => boolean = () => true): string[] {
  if (!statSync(join(root, path), { throwIfNoEntry: false })) throw new Error(`there is no ${path}: \`npm run build\` makes it`);
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const file = relative(root, join(root, path, entry.name));
    if (!wanted(entry.name)) return [];
    return entry.isDirectory() ? below(root, file, wanted) : [file];
  });
}
