import * as fc from 'fast-check';
import { ManifestFault, readManifest } from './manifest.js';
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from './media-types.js';

const digest = (hex: string) => `sha256:${hex.repeat(64)}`;
const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest('a'), size: 2 };
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digest('b'), size: 3 };
const bytes = (fields: unknown) => new TextEncoder().encode(JSON.stringify(fields));
const read = (fields: Record<string, unknown>, type = OCI_MANIFEST) => readManifest(bytes({ schemaVersion: 2, ...fields }), type);

describe('a manifest', () => {
  test('names its config and layers, each once', () => {
    const manifest = read({ config, layers: [layer, layer], annotations: { a: 'b' } });
    expect(manifest).toMatchObject({ artifactType: config.mediaType, annotations: { a: 'b' }, subject: null, manifests: [] });
    expect(manifest.blobs.map((blob) => blob.digest)).toEqual([config.digest, layer.digest]);
  });

  test('says of what type it is, or its config does', () => {
    const subject = { mediaType: OCI_MANIFEST, digest: digest('c'), size: 1 };
    expect(read({ artifactType: 'x/y', config, layers: [], subject })).toMatchObject({ artifactType: 'x/y', subject: subject.digest });
  });

  test('lists manifests where it is an index', () => {
    const manifests = [{ mediaType: OCI_MANIFEST, digest: digest('d'), size: 9, platform: { os: 'linux', architecture: 'arm64' } }];
    for (const type of [OCI_INDEX, DOCKER_LIST]) {
      expect(read({ manifests }, type)).toMatchObject({ artifactType: null, blobs: [], manifests: [{ digest: digest('d'), size: 9 }] });
    }
  });

  test('does not bring layers that are fetched from elsewhere', () => {
    const foreign = { ...layer, mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', urls: ['https://x.example'] };
    expect(read({ config, layers: [foreign] }, DOCKER_MANIFEST).blobs).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, string?]>([
    ['of schema 1', { schemaVersion: 1, config, layers: [] }],
    ['of an unknown type', { config, layers: [] }, 'application/vnd.docker.distribution.manifest.v1+prettyjws'],
    ['sent as another type than its own', { mediaType: DOCKER_MANIFEST, config, layers: [] }],
    ['without a config', { layers: [] }],
    ['without layers', { config }],
    ['with a digest that is none', { config: { ...config, digest: 'sha256:../../etc' }, layers: [] }],
    ['with a digest by another algorithm', { config: { ...config, digest: `sha512:${'a'.repeat(128)}` }, layers: [] }],
    ['with a size that is none', { config, layers: [{ ...layer, size: -1 }] }],
    ['with a fraction of a byte', { config, layers: [{ ...layer, size: 1.5 }] }],
    ['with one digest in two sizes', { config, layers: [layer, { ...layer, size: 4 }] }],
    ['with annotations that are no text', { config, layers: [], annotations: { a: 1 } }],
  ])('%s is unfit', (_, fields, type = OCI_MANIFEST) => {
    expect(() => read(fields, type)).toThrow(ManifestFault);
  });

  test('whatever comes, it is read or unfit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom(OCI_MANIFEST, OCI_INDEX), (text, type) => {
        const outcome = outcomeOf(() => readManifest(new TextEncoder().encode(text), type));
        expect(outcome === undefined || outcome instanceof ManifestFault).toBe(true);
      }),
    );
  });
});

/** What was thrown; undefined where nothing was. */
function outcomeOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
