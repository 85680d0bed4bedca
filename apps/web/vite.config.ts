import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const lib = (name: string) => fileURLToPath(new URL(`../../libs/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@paddock/contracts': lib('contracts'), '@paddock/domain': lib('domain'), '@paddock/ledger': lib('ledger') } },
  build: {
    target: 'es2023',
    // The first that know light-dark(): older ones would have it rewritten into what works only where the scheme is set beside it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the pages allows no inline module preload and no data: script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(['/api', '/ledger', '/documents', '/d', '/health'].map((path) => [path, 'http://127.0.0.1:8080'])) },
});
