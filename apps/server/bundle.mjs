// Puts the server's programs and all that they import into a few files below dist/bundle: one by one, some 3,500 modules take
// twice as long to load. Why, and what was refused: docs/decisions/0060.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

const dist = join(import.meta.dirname, 'dist');
const outdir = join(dist, 'bundle');
/** Started by others: by `npm start`, by `paddock`, or as a thread. */
const PROGRAMS = [
  'main.js',
  'backup-program.js',
  'doctor-program.js',
  'keys-program.js',
  'ledger-check.js',
  'ledger-recover.js',
  'migrate-program.js',
  'restore-program.js',
  'catalog/uploads/hash-thread.js',
];
/** What Nest would use if it were installed. */
const NOT_INSTALLED = [
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer',
  'class-validator',
];
/** Leads stack traces within a package to the bundle's own lines: maps of all packages are five times as large, and read at each start. */
const NO_MAP = `\n//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"sources":[""],"mappings":"AAAA"}')}`;

await build({
  entryPoints: PROGRAMS.map((program) => ({ in: join(dist, program), out: basename(program, '.js') })),
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Errors and providers are told by their names.
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  external: NOT_INSTALLED,
  plugins: [{ name: 'places', setup: ({ onLoad }) => onLoad({ filter: /\.[cm]?js$/ }, placed) }],
  // Its paths lead to sources, for editors; what was built is what is bundled.
  tsconfigRaw: '{}',
  // esbuild does not know these names, and would not step aside for them.
  banner: { js: `import { createRequire as __requireAt } from 'node:module'; const require = __requireAt(import.meta.url);` },
  logLevel: 'warning',
});

/** A module looks for what lies beside it where it lay before; of a thread, for the bundled one. */
async function placed({ path }) {
  const place = JSON.stringify(relative(outdir, path));
  const isThread = (name) => name !== undefined && PROGRAMS.some((program) => join(dist, program) === join(dirname(path), name));
  let text = await readFile(path, 'utf8');
  // The one package that asks for another at run time, and would load it twice.
  if (path.endsWith('/@nestjs/typeorm/dist/common/typeorm-compat.js')) text = text.replace(/^const require = .*$/m, '');
  text = text.replace(/(new URL\('\.\/([^']+)', )?import\.meta\.url/g, (found, begin = '', name) =>
    isThread(name) ? found : `${begin}new URL(${place}, import.meta.url).href`,
  );
  return { contents: path.includes('/node_modules/') ? text + NO_MAP : text };
}
