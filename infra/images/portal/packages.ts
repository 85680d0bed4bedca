import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../sbom.ts';

/** What an entry of package-lock.json (lockfile version 3) says of a package. */
interface Locked {
  version?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

export type Lock = Readonly<Record<string, Locked>>;

/**
 * The folders of what runs in production, as npm has installed them: the workspace's dependencies and what they need, without
 * `without` and what only those need. Types are for compilers.
 */
export function productionPackages(lock: Lock, root: string, without: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (from: string, name: string, { optional = false } = {}) => {
    if (without.includes(name) || name.startsWith('@types/')) return;
    const path = resolved(lock, from, name);
    if (path === undefined || !existsSync(join(root, path))) {
      if (optional) return;
      throw new Error(`${from || 'the workspace'} needs ${name}, which is not installed`);
    }
    if (found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[path]!;
    for (const needed of Object.keys(dependencies ?? {})) add(path, needed, { optional: needed in (optionalDependencies ?? {}) });
    for (const wanted of Object.keys(optionalDependencies ?? {})) add(path, wanted, { optional: true });
    // A peer that is optional is there for whoever asked for it.
    for (const peer of Object.keys(peerDependencies ?? {})) if (!peerDependenciesMeta?.[peer]?.optional) add(path, peer);
  };
  for (const name of Object.keys(lock['']?.dependencies ?? {})) add('', name);
  return [...found].toSorted();
}

/** Where Node finds a package from a folder: in the nearest node_modules above it. */
function resolved(lock: Lock, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at && `${at}/`}node_modules/${name}`;
    if (lock[path]) return path;
    if (!at) return undefined;
    if (!at.includes('/node_modules/')) at = '';
  }
}

/** As the SBOM names them; two copies of one version are one. */
export function npmComponents(lock: Lock, paths: readonly string[]): Component[] {
  const components = paths.map((path): Component => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = lock[path]!.version ?? '0';
    // Purl-spec: the @ of a scope is percent-encoded.
    return { name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}` };
  });
  return [...new Map(components.map((component) => [component.purl, component])).values()];
}
