/** `npm run image -- runtime [--out DIRECTORY] [--tag TAG]`: builds an image as an OCI layout, without a container engine. */
import { parseArgs } from 'node:util';
import { buildRuntimeImage } from './runtime/image.ts';

const IMAGES = { runtime: buildRuntimeImage } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, tag: { type: 'string', default: 'latest' } },
});
const name = positionals[0];
if (name === undefined || !Object.hasOwn(IMAGES, name)) {
  console.error(`which image? There are: ${Object.keys(IMAGES).join(', ')}`);
  process.exit(1);
}
const out = values.out ?? `.data/images/${name}`;
/** reproducible-builds.org: the one time that goes into what is built. Without it, 1 January 2026: the same each day. */
const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? Date.UTC(2026, 0, 1) / 1000);
console.error(`building ${name} into ${out} …`);
console.log(await IMAGES[name as keyof typeof IMAGES](out, values.tag, epoch));
