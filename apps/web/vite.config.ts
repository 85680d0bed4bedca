import react from '@vitejs/plugin-react';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const lib = (name: string) => fileURLToPath(new URL(`../../libs/${name}/src/index.ts`, import.meta.url));

const of = (mantine: string, own: string) => new RegExp(`@mantine/core/esm/components/(${mantine})/|web/src/elements/(${own})[.]`);
/** Left alone, a page is fifty files, most of them of one small element: they come by what pages do with them. */
const GROUPS = [
  { name: 'first', tags: ['$initial' as const], priority: 4 },
  { name: 'shown', test: of('Badge|Card|List|Paper|Skeleton', 'Loaded|More|PageLink|Refusal|Section|Told'), priority: 3 },
  { name: 'tabled', test: of('Grid|ScrollArea|Table|Tooltip|VisuallyHidden', 'Facts|Moment|Rows|State|sizes'), priority: 2 },
  { name: 'asked', test: /@mantine|web\/src\/(pages\/access\/form|words)\//, minShareCount: 4, priority: 1 },
  { name: 'worked', test: /web\/src\/pages\/staff\//, minShareCount: 2, priority: 0.5 },
  {
    name: 'shared',
    test: /web\/src\/(api|elements(?!\/legal)|pages\/(access|account|catalog))\/|@tabler/,
    minShareCount: 2,
    priority: 0.2,
  },
];

/** The styles of those components of Mantine that pages use, each with its component: all of them are twice as much. */
const mantineStyles: Plugin = {
  name: 'mantine-styles',
  transform: {
    filter: { id: /@mantine\/core\/esm\/.*\.module\.mjs$/ },
    handler: (code, id) => ({ code: `import '@mantine/core/styles/${basename(id, '.module.mjs')}.layer.css';\n${code}`, map: null }),
  },
};

export default defineConfig({
  plugins: [react(), mantineStyles],
  resolve: { alias: { '@paddock/contracts': lib('contracts'), '@paddock/domain': lib('domain'), '@paddock/ledger': lib('ledger') } },
  build: {
    target: 'es2023',
    // The first that know light-dark(): older ones would have it rewritten into what works only where the scheme is set beside it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the pages allows no inline module preload and no data: script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: Object.fromEntries(['/api', '/ledger', '/documents', '/d', '/health'].map((path) => [path, 'http://127.0.0.1:8080'])) },
});
