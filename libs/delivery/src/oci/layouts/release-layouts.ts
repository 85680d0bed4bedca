import { DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from '@paddock/domain';
import { dockerModel } from './docker-model.js';
import { LAYOUTS, type Layout, type LayoutManifest } from './layout-manifest.js';
import { modelPack } from './modelpack.js';
import { ollamaModel } from './ollama-model.js';
import type { ReleaseContent } from './release-content.js';

/** Every layout that the release's files allow. */
export function releaseLayouts(content: ReleaseContent): LayoutManifest[] {
  return [modelPack(content), dockerModel(content), ollamaModel(content)].filter((one) => one !== undefined);
}

/** A release's name as a tag: `+` is no character of one. */
export function tagOfRelease(name: string): string {
  return name.replaceAll('+', '_');
}

/** The tag that says which layout is meant, whatever the client. */
export function tagOfLayout(name: string, layout: Layout): string {
  return `${tagOfRelease(name)}--${layout}`;
}

/** What a tag may mean, the likeliest first: a release's name goes before a layout's ending. */
export function readReleaseTag(tag: string): { release: string; layout: Layout | null }[] {
  const [, release, layout] = /^(.+)--([a-z]+)$/.exec(tag) ?? [];
  const named = LAYOUTS.find((one) => one === layout);
  return [{ release: tag, layout: null }, ...(release !== undefined && named ? [{ release, layout: named }] : [])];
}

/** The layout of a client that names none: those that can read but one are known by what they say of themselves. */
export function layoutFor({ accept = '', userAgent = '' }: { accept?: string | undefined; userAgent?: string | undefined }): Layout {
  if (/^ollama\//i.test(userAgent)) return 'ollama';
  if (/^(docker-model-runner|model-distribution)\b/i.test(userAgent)) return 'docker';
  const readsOci = [OCI_MANIFEST, OCI_INDEX, '*/*'].some((type) => accept.includes(type));
  return accept.includes(DOCKER_MANIFEST) && !readsOci ? 'ollama' : 'modelpack';
}
