import { Refusal } from '@paddock/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

export const ASSET_TYPES: Readonly<Record<string, string>> = { '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };
const FOLDER = new URL('./assets/', import.meta.url);
/** Rules that pages share with the server, as the server runs them: what is asked, and who may do what in which state. */
const DOMAIN = ['form/answers.js', 'form/country.js', 'form/field.js', 'form/orcid.js', 'access-request/states.js'];
const domain = import.meta.resolve('@paddock/domain');

/** Every file that may be read, by its path below /assets/. */
const FILES: ReadonlyMap<string, URL> = new Map([
  ...readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => extname(path) in ASSET_TYPES)
    .map((path) => [path, new URL(path, FOLDER)] as const),
  ...DOMAIN.map((path) => [`domain/${path}`, new URL(path, domain)] as const),
]);

export function assetBytes(path: string): Buffer {
  const file = FILES.get(path);
  if (!file) throw new Refusal('not-found', 'There is no such file.');
  return readFileSync(file);
}
