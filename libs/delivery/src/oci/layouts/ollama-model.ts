import { DOCKER_MANIFEST } from '@paddock/domain';
import { layerOf, layoutManifest, type LayoutManifest } from './layout-manifest.js';
import { ggufOf, modelFacts, parameterSize, type ReleaseContent } from './release-content.js';

/** As Ollama's registry serves models. It knows models of one file: undefined for a release of none or of several. */
export function ollamaModel(content: ReleaseContent): LayoutManifest | undefined {
  const { models, projectors } = ggufOf(content);
  const [model] = models;
  if (!model || models.length > 1) return undefined;
  const { architecture = 'unknown', parameters, quantization } = modelFacts(content);
  const size = parameterSize(parameters);
  const layers = [
    layerOf(model, 'application/vnd.ollama.image.model'),
    ...projectors.map((projector) => layerOf(projector, 'application/vnd.ollama.image.projector')),
    ...(content.license ? [layerOf(content.license, 'application/vnd.ollama.image.license')] : []),
  ];
  return layoutManifest({
    layout: 'ollama',
    mediaType: DOCKER_MANIFEST,
    configType: 'application/vnd.docker.container.image.v1+json',
    config: {
      model_format: 'gguf',
      model_family: architecture,
      model_families: [architecture],
      ...(size && { model_type: size }),
      ...(quantization && { file_type: quantization }),
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    },
    layers,
  });
}
