import { isDigest, isNameComponent, isTag } from '@paddock/domain';
import { sourceUnfit } from './image-source.js';

/** An image at a registry. */
export interface RegistryReference {
  origin: string;
  repository: string;
  /** A tag or a digest. */
  reference: string;
}

/** Reads what follows `docker://`: `host[:port]/repository[:tag][@digest]`; a digest goes before a tag. */
export function registryReference(text: string): RegistryReference {
  const [, host, path, tag, digest] = /^([^/@\s]+)\/([^:@\s]+)(?::([^@\s]+))?(?:@(\S+))?$/.exec(text) ?? [];
  const remedy = 'Give it as docker://host/repository:tag or docker://host/repository@sha256:…';
  if (host === undefined || path === undefined || !URL.canParse(`https://${host}`))
    throw sourceUnfit(`docker://${text} names no image`, remedy);
  const hub = host === 'docker.io' || host === 'index.docker.io';
  const repository = hub && !path.includes('/') ? `library/${path}` : path;
  const reference = digest ?? tag ?? 'latest';
  if (!repository.split('/').every(isNameComponent) || !(digest === undefined ? isTag(reference) : isDigest(reference)))
    throw sourceUnfit(`docker://${text} names no image`, remedy);
  const address = hub ? 'registry-1.docker.io' : host;
  return { origin: `${isLoopback(address) ? 'http' : 'https'}://${address}`, repository, reference };
}

/** As other clients do: nobody has a certificate for their own machine. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);
}
