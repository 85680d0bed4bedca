import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayout, tarOf } from '../../../../../test/support/oci-image.js';
import { layoutDirectory } from './layout-directory.js';
import { LayoutSource } from './layout-source.js';
import { registryReference } from './registry-reference.js';
import { indexTar } from './tar-index.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('an image at a registry', () => {
  test.each([
    ['host.example/lab/image:v1', 'https://host.example', 'lab/image', 'v1'],
    ['host.example:5000/a/b/c', 'https://host.example:5000', 'a/b/c', 'latest'],
    [`127.0.0.1:5000/image:v1@${DIGEST}`, 'http://127.0.0.1:5000', 'image', DIGEST],
    ['docker.io/alpine:3', 'https://registry-1.docker.io', 'library/alpine', '3'],
  ])('%s', (text, origin, repository, reference) => expect(registryReference(text)).toEqual({ origin, repository, reference }));

  test.each(['nothing', 'host/', 'host/Upper', 'host/../etc', 'host/a:b:c', 'host/a@sha256:short', 'user@host/a', 'host/a?b'])(
    '%s names none',
    (text) => {
      expect(() => registryReference(text)).toThrow(expect.objectContaining({ code: 'source-unfit' }));
    },
  );
});

/** A header with a word of one's own where the size stands. */
function sized(word: string): Buffer {
  return resummed(tarOf('a', Buffer.alloc(0)), (header) => header.write(`${word}\0`, 124));
}

function extension(text: string): Buffer {
  return resummed(tarOf('x', Buffer.from(text)).subarray(0, 1024), (header) => header.write('x', 156));
}

function resummed(archive: Buffer, change: (header: Buffer) => unknown): Buffer {
  change(archive);
  archive.write('        ', 148);
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return archive;
}

describe('a tar archive', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'paddock-tar-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const long = `${'d'.repeat(90)}/${'f'.repeat(90)}`;

  test.each(['ustar', 'gnu', 'pax'])('is read as tar --format=%s writes it', async (format) => {
    mkdirSync(join(folder, 'x', 'd'.repeat(90)), { recursive: true });
    writeFileSync(join(folder, 'x', long), 'long name');
    writeFileSync(join(folder, 'x/empty'), '');
    const archive = join(folder, 'x.tar');
    execFileSync('tar', [`--format=${format}`, '--create', '--file', archive, '--directory', join(folder, 'x'), '.']);
    const entries = await indexTar(archive);
    expect([...entries.keys()].toSorted()).toEqual([long, 'empty']);
    const { start, size } = entries.get(long)!;
    expect(
      readFileSync(archive)
        .subarray(start, start + size)
        .toString(),
    ).toBe('long name');
  });

  test.each<[string, Buffer]>([
    ['is cut short', tarOf('a', Buffer.alloc(3000)).subarray(0, 2000)],
    ['is something else', Buffer.alloc(2048, 'x')],
    ['names a size below nothing', sized('-0000001000')],
    ['names a size below nothing in an extension', Buffer.concat([extension('20 size=-1024\n'), tarOf('a', Buffer.alloc(0))])],
    ['names a size that is no number', sized('zzzzzzzzzzz')],
    ['names a size beyond its end', Buffer.concat([tarOf('a', Buffer.alloc(10)).subarray(0, 512)])],
  ])('that %s is refused', async (_, bytes) => {
    writeFileSync(join(folder, 'x.tar'), bytes);
    await expect(indexTar(join(folder, 'x.tar'))).rejects.toMatchObject({ code: 'source-unfit' });
  });

  test('a layout does not lead out of itself by a link', async () => {
    const layout = new OciLayout(join(folder, 'layout'));
    const image = layout.image([]);
    layout.list(image);
    rmSync(layout.pathOf(image.digest));
    execFileSync('ln', ['-s', '/etc/passwd', layout.pathOf(image.digest)]);
    await expect(new LayoutSource(layoutDirectory(layout.root), undefined).root()).rejects.toMatchObject({ code: 'source-unfit' });
  });
});
