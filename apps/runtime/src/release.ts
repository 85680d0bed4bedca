export interface ReleaseFile {
  path: string;
}

interface ReleaseNotice {
  title: string;
  version: number;
  sha256: string;
  url: string;
}

/** What the catalog says of the release, as far as running it needs: read tolerantly, for a newer portal may say more. */
export interface CatalogRelease {
  files: ReleaseFile[];
  license: ReleaseNotice | null;
}

export class NoRelease extends Error {}

interface Answered {
  artifacts?: ReleaseFile[];
  license?: ReleaseNotice | null;
  code?: string;
  detail?: string;
  remedy?: string;
}

/** Asks the portal's catalog, which everyone may read. */
export async function releaseOf(portal: string, model: string, name: string): Promise<CatalogRelease> {
  const url = new URL(`/api/v1/models/${encodeURIComponent(model)}/releases/${encodeURIComponent(name)}`, portal);
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000), redirect: 'error' });
  const said = (await answer.json().catch(() => ({}))) as Answered;
  if (!answer.ok || !said.artifacts)
    throw new NoRelease(
      `${said.code ?? `status ${answer.status}`}: ${said.detail ?? 'no answer of a Paddock portal'} ${said.remedy ?? ''}`,
    );
  return { files: said.artifacts, license: said.license ?? null };
}

const SHARD = /-(\d{5})-of-(\d{5})\.gguf$/;

/**
 * The files that llama-server needs, the one to name it first: the only GGUF of the release, the one asked for, or all
 * shards of one model.
 * @throws NoRelease where there is none, or several to choose from
 */
export function filesToRun(files: readonly ReleaseFile[], asked?: string): [ReleaseFile, ...ReleaseFile[]] {
  const models = files.filter(({ path }) => path.endsWith('.gguf'));
  const firsts = models.filter(({ path }) => !SHARD.test(path) || SHARD.exec(path)![1] === '00001');
  const chosen = asked === undefined ? firsts : firsts.filter(({ path }) => path === asked);
  if (chosen.length !== 1) {
    const names = firsts.map(({ path }) => path).join(', ');
    if (firsts.length === 0) throw new NoRelease('the release holds no GGUF file, which is what llama-server runs');
    throw new NoRelease(`say which file to run with --paddock-file: ${names}`);
  }
  const [first] = chosen as [ReleaseFile];
  const [, , count] = SHARD.exec(first.path) ?? [];
  if (count === undefined) return [first];
  const stem = first.path.replace(SHARD, '');
  const shards = models.filter(({ path }) => path.replace(SHARD, '') === stem && SHARD.exec(path)?.[2] === count);
  if (shards.length !== Number(count)) throw new NoRelease(`the release holds ${shards.length} of ${Number(count)} shards`);
  return [first, ...shards.filter((shard) => shard !== first)];
}
