import { OCI_MANIFEST } from '@paddock/domain';
import { layerOf, layoutManifest, type LayoutManifest } from './layout-manifest.js';
import { ggufOf, modelFacts, parameterSize, type ReleaseContent } from './release-content.js';

/** As `docker model package` writes it (media types of config v0.1). undefined for a release without GGUF. */
export function dockerModel(content: ReleaseContent): LayoutManifest | undefined {
  const { models, projectors } = ggufOf(content);
  if (models.length === 0) return undefined;
  const { architecture, parameters, quantization } = modelFacts(content);
  const size = parameterSize(parameters);
  const layers = [
    ...models.map((model) => layerOf(model, 'application/vnd.docker.ai.gguf.v3', model.path)),
    ...projectors.map((projector) => layerOf(projector, 'application/vnd.docker.ai.mmproj', projector.path)),
    ...(content.license ? [layerOf(content.license, 'application/vnd.docker.ai.license')] : []),
  ];
  return layoutManifest({
    layout: 'docker',
    mediaType: OCI_MANIFEST,
    configType: 'application/vnd.docker.ai.model.config.v0.1+json',
    config: {
      config: {
        format: 'gguf',
        ...(quantization && { quantization }),
        ...(size && { parameters: size }),
        ...(architecture && { architecture }),
        size: String(models.reduce((sum, model) => sum + model.size, 0)),
      },
      descriptor: { created: content.publishedAt },
      rootfs: { type: 'rootfs', diff_ids: layers.map(({ digest }) => digest) },
    },
    layers,
  });
}
