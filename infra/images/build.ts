/**
 * `npm run image -- runtime|portal [--out DIRECTORY] [--tag TAG]`: builds an image as an OCI layout, without a container engine.
 * With `--root DIRECTORY` it lays out the image's files there instead, for an engine that builds images itself.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { writeLayout, type Image } from './layout.ts';
import { portalImage } from './portal/image.ts';
import { runtimeImage } from './runtime/image.ts';

const IMAGES = { portal: portalImage, runtime: runtimeImage } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, root: { type: 'string' }, tag: { type: 'string', default: 'latest' } },
});
const name = positionals[0];
if (name === undefined || !Object.hasOwn(IMAGES, name)) {
  console.error(`which image? There are: ${Object.keys(IMAGES).join(', ')}`);
  process.exit(1);
}
const out = values.root ?? values.out ?? `.data/images/${name}`;
/** reproducible-builds.org: the one time that goes into what is built. Without it, 1 January 2026: the same each day. */
const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? Date.UTC(2026, 0, 1) / 1000);
console.error(`building ${name} into ${out} …`);
const work = await mkdtemp(join(tmpdir(), 'paddock-image-'));
try {
  const image = await IMAGES[name as keyof typeof IMAGES](work, epoch);
  if (values.root === undefined) console.log(await writeLayout(out, values.tag, image));
  else await layOut(image, values.root);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** One layer over the other, as a container sees them. */
async function layOut({ layers }: Image, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { tar } of layers)
    await promisify(execFile)('tar', ['--extract', '--preserve-permissions', '--file', tar, '--directory', directory]);
}
