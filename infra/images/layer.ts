import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';

const run = promisify(execFile);

export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

export interface Layer extends Descriptor {
  /** The digest of the tar before it was packed; an image's config names its layers by it. */
  diffId: string;
}

/** Packs a folder the same each time: sorted, root's, and all of one time. */
export async function tarOf(folder: string, epoch: number, file: string): Promise<void> {
  await run('tar', [...same(epoch), '--sort=name', '--create', '--file', file, '--directory', folder, '.']);
}

/** Packs some files of a folder as if they lay in `place`, by whatever umask they were written. */
export async function tarOfFiles(folder: string, files: readonly string[], place: string, epoch: number, file: string): Promise<void> {
  const list = `${file}.list`;
  const names = [...new Set(files.flatMap(withParents))].toSorted();
  await writeFile(list, names.map((name) => `${name}\n`).join('')); // prettier-ignore
  // Links lead where they led: S leaves their targets as they are.
  const moved = [`--transform=s,^,${place}/,S`, '--mode=u=rwX,go=rX', '--hard-dereference', '--no-recursion'];
  await run('tar', [...same(epoch), ...moved, '--create', '--file', file, '--directory', folder, `--files-from=${list}`]);
}

/** Folders have modes, too. */
function withParents(file: string): string[] {
  const parts = file.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const same = (epoch: number) => [`--mtime=@${epoch}`, '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'];

/** Writes a tar as a layer into the blobs of an OCI layout. The gzip header that zlib writes holds no time. */
export async function addLayer(tar: string, blobs: string): Promise<Layer> {
  const [plain, packed] = [digesting(), digesting()];
  const unnamed = join(blobs, `.layer-${process.pid}`);
  await pipeline(createReadStream(tar), plain, createGzip({ level: 6 }), packed, createWriteStream(unnamed));
  const { digest, size } = packed.result();
  await rename(unnamed, join(blobs, digest.slice('sha256:'.length)));
  return { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size, diffId: plain.result().digest };
}

function digesting() {
  const hash = createHash('sha256');
  let size = 0;
  const through = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      hash.update(bytes);
      size += bytes.length;
      done(null, bytes);
    },
  });
  return Object.assign(through, { result: () => ({ digest: `sha256:${hash.digest('hex')}`, size }) });
}
