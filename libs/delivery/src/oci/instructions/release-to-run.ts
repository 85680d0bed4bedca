/** What instructions are written of. */
export interface ReleaseToRun {
  /** Of the portal, no trailing slash. */
  publicUrl: string;
  model: string;
  release: string;
  /** Whether an access token is needed. */
  login: boolean;
  /** Of the release's first GGUF; undefined where it has none. */
  gguf: { path: string; sha256: string } | undefined;
  /** By digest. */
  image: { reference: string; login: boolean } | undefined;
  /** What clients pull of each layout, by digest and by the tag that says which it is. */
  layouts: Readonly<Record<string, { byDigest: string; byTag: string } | undefined>>;
}

export interface Instruction {
  tool: 'docker' | 'podman' | 'kubernetes' | 'llama.cpp' | 'docker-model' | 'ollama';
  title: string;
  language: 'sh' | 'yaml';
  text: string;
  needs: string[];
}

/** Registries' clients only pull. */
export const PULLING = 'an access token with the scope “download”, in PADDOCK_TOKEN';
/** `paddock download` looks up the grant, too; the runtime image downloads with it. */
export const FETCHING = 'an access token with the scopes “read” and “download”, in PADDOCK_TOKEN';

/** Names and paths hold no quote: a publisher's files are held to that. */
export function quoted(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : `'${text}'`;
}

export function loginLine(tool: string, publicUrl: string): string {
  return `printf %s "$PADDOCK_TOKEN" | ${tool} login --username paddock --password-stdin ${new URL(publicUrl).host}`;
}
