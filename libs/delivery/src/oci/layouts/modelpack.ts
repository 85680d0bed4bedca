import { OCI_MANIFEST } from '@paddock/domain';
import { layerOf, layoutManifest, type LayoutManifest } from './layout-manifest.js';
import { modelFacts, parameterSize, type ReleaseContent } from './release-content.js';

/** CNCF ModelPack, the model-spec's media types: what a file is, by its name. The first that fits counts. */
const LAYER_TYPES: readonly [pattern: RegExp, type: string][] = [
  [/\.(gguf|safetensors|bin|pt|pth|onnx|npz)$/i, 'application/vnd.cncf.model.weight.v1.raw'],
  [/\.(json|model|tiktoken|jinja|ya?ml|toml|imatrix)$/i, 'application/vnd.cncf.model.weight.config.v1.raw'],
  [/\.(py|sh|ipynb|cpp|c|h)$/i, 'application/vnd.cncf.model.code.v1.raw'],
  [/\.(parquet|jsonl|csv|arrow)$/i, 'application/vnd.cncf.model.dataset.v1.raw'],
];
const DOCUMENT = 'application/vnd.cncf.model.doc.v1.raw';

/** Every file of the release, and its license as a document where the release holds none of that name. */
export function modelPack(content: ReleaseContent): LayoutManifest {
  const { architecture, format, parameters, quantization } = modelFacts(content);
  const files = content.artifacts.map((artifact) => layerOf(artifact, typeOf(artifact.path), artifact.path));
  const license = content.license && layerOf(content.license, DOCUMENT, licensePath(content));
  const layers = license ? [...files, license] : files;
  const paramSize = parameterSize(parameters);
  const spdx = content.license?.spdx;
  return layoutManifest({
    layout: 'modelpack',
    mediaType: OCI_MANIFEST,
    artifactType: 'application/vnd.cncf.model.manifest.v1+json',
    configType: 'application/vnd.cncf.model.config.v1+json',
    config: {
      descriptor: {
        createdAt: content.publishedAt,
        vendor: content.publisher,
        name: content.model,
        version: content.release,
        title: content.title,
        ...(spdx && { licenses: [spdx] }),
      },
      config: {
        ...(architecture && { architecture }),
        ...(format && { format }),
        ...(paramSize && { paramSize }),
        ...(quantization && { quantization }),
      },
      modelfs: { type: 'layers', diffIds: layers.map(({ digest }) => digest) },
    },
    layers,
    annotations: { 'org.opencontainers.image.created': content.publishedAt, 'org.opencontainers.image.version': content.release },
  });
}

function typeOf(path: string): string {
  return LAYER_TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? DOCUMENT;
}

function licensePath({ artifacts }: ReleaseContent): string {
  const taken = artifacts.some(({ path }) => path.toLowerCase() === 'license');
  return taken ? 'LICENSE.agreement' : 'LICENSE';
}
