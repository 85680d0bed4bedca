// Run after every `npm install`. It makes package-lock.json installable everywhere and keeps it small:
//  - drops GPU builds of llama.cpp (640 MB) that no test here can use;
//  - drops optional dependencies for which the lock holds no entry, over which `npm ci` would stumble.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const unwanted = /node_modules\/@node-llama-cpp\/(?!linux-(x64|arm64)$)/;

for (const path of Object.keys(lock.packages)) if (unwanted.test(path)) delete lock.packages[path];

const installed = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
for (const entry of Object.values(lock.packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!installed.has(name)) delete entry.optionalDependencies[name];
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
