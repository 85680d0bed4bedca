import { isDigest, isNameComponent, isTag } from '@paddock/domain';
import { RegistryFault } from './errors.js';

const LONGEST_NAME = 255;

/** Of every repository here: `publisher/name`. */
export interface RepositoryName {
  publisher: string;
  name: string;
}

/** What a request below `/v2/` asks for. */
export type RegistryRequest =
  | { kind: 'base' }
  | { kind: 'token' }
  | { kind: 'manifest'; repository: RepositoryName; reference: string }
  | { kind: 'blob'; repository: RepositoryName; digest: string }
  | { kind: 'tags'; repository: RepositoryName }
  | { kind: 'referrers'; repository: RepositoryName; digest: string }
  /** Where clients begin to push. */
  | { kind: 'push' };

/** `path` is what follows `/v2/`, decoded. @throws RegistryFault */
export function registryRequest(path: string): RegistryRequest {
  if (path === '') return { kind: 'base' };
  if (path === 'token') return { kind: 'token' };
  const [, name, what, reference] = /^(.+)\/(manifests|blobs|tags|referrers)\/(.*)$/s.exec(path) ?? [];
  if (name === undefined || what === undefined || reference === undefined)
    throw new RegistryFault('NAME_INVALID', 'The address names no manifest, blob, list of tags or referrers.');
  if (name.endsWith('/blobs') || (what === 'blobs' && reference.startsWith('uploads'))) return { kind: 'push' };
  const repository = repositoryName(name);
  switch (what) {
    case 'manifests':
      return { kind: 'manifest', repository, reference: manifestReference(reference) };
    case 'blobs':
      return { kind: 'blob', repository, digest: digestOf(reference) };
    case 'tags':
      if (reference !== 'list') throw new RegistryFault('NAME_UNKNOWN', 'Of tags there is only the list.');
      return { kind: 'tags', repository };
    default:
      return { kind: 'referrers', repository, digest: digestOf(reference) };
  }
}

/** @throws RegistryFault */
function repositoryName(text: string): RepositoryName {
  const components = text.split('/');
  if (text.length > LONGEST_NAME || !components.every(isNameComponent))
    throw new RegistryFault('NAME_INVALID', 'A name is lower-case letters, digits, and single ".", "_" or "-" between them.');
  const [publisher, name, ...rest] = components;
  if (publisher === undefined || name === undefined || rest.length > 0)
    throw new RegistryFault('NAME_UNKNOWN', 'Repositories here are named `publisher/name`.');
  return { publisher, name };
}

function manifestReference(text: string): string {
  if (text.includes(':')) return digestOf(text);
  if (!isTag(text)) throw new RegistryFault('MANIFEST_UNKNOWN', 'This is neither a tag nor a digest.');
  return text;
}

function digestOf(text: string): string {
  if (!isDigest(text)) throw new RegistryFault('DIGEST_INVALID', 'A digest here is `sha256:` and 64 hexadecimal digits.');
  return text;
}
