import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, readManifest } from '@paddock/domain';
import { digestOf, type LayoutManifest } from './layout-manifest.js';
import type { ReleaseContent } from './release-content.js';
import { layoutFor, readReleaseTag, releaseLayouts, tagOfLayout, tagOfRelease } from './release-layouts.js';

const artifact = (path: string, digit: string, header = {}) => ({ path, size: 10, sha256: digit.repeat(64), header });
const GGUF = artifact('model.gguf', 'a', { format: 'gguf', architecture: 'llama', parameters: 8_030_000_000, quantization: 'Q4_K_M' });
const CONTENT: ReleaseContent = {
  model: 'model',
  title: 'A model',
  publisher: 'lab',
  release: 'v1',
  publishedAt: '2026-01-02T03:04:05Z',
  artifacts: [artifact('README.md', 'b'), GGUF, artifact('tokenizer.json', 'c')],
  license: { sha256: 'd'.repeat(64), size: 20, spdx: null },
};

const layouts = (more: Partial<ReleaseContent> = {}) =>
  new Map(releaseLayouts({ ...CONTENT, ...more }).map((one) => [one.layout, one] as const));
const json = (bytes: Buffer) => JSON.parse(bytes.toString()) as Record<string, unknown>;
const layers = ({ body }: LayoutManifest) =>
  (json(body)['layers'] as { mediaType: string; digest: string }[]).map((one) => [one.mediaType, one.digest[7]]);

describe('the layouts of a release', () => {
  test('are the same bytes whenever they are made', () => {
    expect(releaseLayouts(CONTENT)).toEqual(releaseLayouts(structuredClone(CONTENT)));
  });

  test('are manifests whose config is theirs', () => {
    for (const { body, config, mediaType } of layouts().values()) {
      const [named] = readManifest(body, mediaType).blobs;
      expect([named!.digest, named!.size]).toEqual([digestOf(config), config.length]);
    }
  });

  test('ModelPack holds every file, and the license', () => {
    const pack = layouts().get('modelpack')!;
    expect(json(pack.body)).toMatchObject({ artifactType: 'application/vnd.cncf.model.manifest.v1+json' });
    expect(layers(pack)).toEqual([
      ['application/vnd.cncf.model.doc.v1.raw', 'b'],
      ['application/vnd.cncf.model.weight.v1.raw', 'a'],
      ['application/vnd.cncf.model.weight.config.v1.raw', 'c'],
      ['application/vnd.cncf.model.doc.v1.raw', 'd'],
    ]);
    expect(json(pack.config)).toMatchObject({
      config: { architecture: 'llama', format: 'gguf', paramSize: '8.0B', quantization: 'Q4_K_M' },
    });
  });

  test('Docker and Ollama hold the GGUF and the license', () => {
    expect(layers(layouts().get('docker')!)).toEqual([
      ['application/vnd.docker.ai.gguf.v3', 'a'],
      ['application/vnd.docker.ai.license', 'd'],
    ]);
    const ollama = layouts().get('ollama')!;
    expect(ollama.mediaType).toBe(DOCKER_MANIFEST);
    expect(layers(ollama)).toEqual([
      ['application/vnd.ollama.image.model', 'a'],
      ['application/vnd.ollama.image.license', 'd'],
    ]);
    expect(json(ollama.config)).toMatchObject({ model_format: 'gguf', model_family: 'llama', model_type: '8.0B', file_type: 'Q4_K_M' });
  });

  test('a projector stands beside the model, and Ollama knows no model of two files', () => {
    const projector = artifact('mmproj-model.gguf', 'e');
    expect(layers(layouts({ artifacts: [projector, GGUF] }).get('ollama')!).map(([type]) => type)).toContain(
      'application/vnd.ollama.image.projector',
    );
    expect([...layouts({ artifacts: [GGUF, artifact('second.gguf', 'f')] }).keys()]).toEqual(['modelpack', 'docker']);
    expect([...layouts({ artifacts: [artifact('model.safetensors', 'f')], license: null }).keys()]).toEqual(['modelpack']);
  });
});

describe('which layout is meant', () => {
  test('a tag may say it; a release of that very name goes before', () => {
    expect(tagOfRelease('8B+q4')).toBe('8B_q4');
    expect(readReleaseTag(tagOfLayout('8B+q4', 'docker'))).toEqual([
      { release: '8B_q4--docker', layout: null },
      { release: '8B_q4', layout: 'docker' },
    ]);
    expect(readReleaseTag('v1--other')).toEqual([{ release: 'v1--other', layout: null }]);
  });

  test.each([
    ['modelpack', { accept: [OCI_MANIFEST, DOCKER_MANIFEST, OCI_INDEX, DOCKER_LIST].join(', '), userAgent: 'skopeo/1.9' }],
    ['modelpack', { accept: '*/*', userAgent: 'curl/8' }],
    ['modelpack', {}],
    ['ollama', { accept: DOCKER_MANIFEST, userAgent: 'Go-http-client/1.1' }],
    ['ollama', { userAgent: 'ollama/0.12.0 (amd64 linux) Go/go1.24' }],
    ['docker', { accept: OCI_MANIFEST, userAgent: 'docker-model-runner/1.0' }],
  ])('%s for %j', (layout, client) => expect(layoutFor(client)).toBe(layout));
});
