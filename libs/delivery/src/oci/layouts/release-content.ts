/** A published release, as far as its layouts are made of it: what never changes, so that neither do they. */
export interface ReleaseContent {
  model: string;
  title: string;
  publisher: string;
  release: string;
  /** RFC 3339. */
  publishedAt: string;
  /** In the order of their paths. */
  artifacts: readonly LayoutArtifact[];
  /** The text that was in force when the release was published. */
  license: { sha256: string; size: number; spdx: string | null } | null;
}

export interface LayoutArtifact {
  path: string;
  /** In bytes. */
  size: number;
  sha256: string;
  /** What the file says of itself. */
  header: ModelFacts | null;
}

export interface ModelFacts {
  format?: string;
  architecture?: string;
  parameters?: number;
  quantization?: string;
}

/** Files of weights in the one format that all three layouts know; a projector stands beside a model, not for one. */
export function ggufOf({ artifacts }: ReleaseContent): { models: LayoutArtifact[]; projectors: LayoutArtifact[] } {
  const all = artifacts.filter(({ path }) => /\.gguf$/i.test(path));
  const isProjector = ({ path }: LayoutArtifact) => /mmproj/i.test(path);
  return { models: all.filter((one) => !isProjector(one)), projectors: all.filter(isProjector) };
}

/** The facts of the first file that states any. */
export function modelFacts({ artifacts }: ReleaseContent): ModelFacts {
  return artifacts.find(({ header }) => header?.format !== undefined)?.header ?? {};
}

/** Such as `8.0B`; undefined where it is not stated. */
export function parameterSize(parameters: number | undefined): string | undefined {
  if (parameters === undefined) return undefined;
  const [divisor, prefix] = parameters >= 1e12 ? [1e12, 'T'] : parameters >= 1e9 ? [1e9, 'B'] : parameters >= 1e6 ? [1e6, 'M'] : [1e3, 'K'];
  return `${(parameters / divisor).toFixed(1)}${prefix}`;
}
