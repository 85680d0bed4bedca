import type { Manifest } from '@paddock/contracts';
import type { Wire } from '../../../../api/wire.js';

export type Links = Wire<typeof Manifest>;

/** A word that a POSIX shell reads back as exactly this text; plain words stand as they are. */
export const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);

/** The folder that every way fetches into, so that one can be gone on with by another. */
const folderOf = ({ model, release }: Pick<Links, 'model' | 'release'>): string => `${model}-${release}`;

/** The lines to paste for each way of fetching, true for the links of one person. */
export function commandsOf(links: Links, portal: string) {
  const folder = quoted(folderOf(links));
  const fetched = (url: string, file: string) => `curl --fail --silent --show-error --output ${file} '${url}'`;
  return {
    script: `${fetched(links.script, 'download.sh')}\nsh download.sh ${folder}`,
    aria2: `curl --fail --silent --show-error '${links.aria2}' |\n  aria2c --dir=${folder} --input-file=-`,
    // A torrent brings its own folder, of the same name.
    torrent: links.torrent && `${fetched(links.torrent, `${folder}.torrent`)}\naria2c --seed-time=0 ${folder}.torrent`,
    metalink: `${fetched(links.metalink, `${folder}.meta4`)}\naria2c --dir=${folder} --seed-time=0 ${folder}.meta4`,
    token: 'read -rs PADDOCK_TOKEN && export PADDOCK_TOKEN',
    cli: `PADDOCK_URL=${quoted(portal)} npx paddock download ${quoted(links.model)} ${quoted(links.release)} --dir ${folder}`,
    verify: `cd ${folder} && sha256sum --check <<'END'\n${links.artifacts.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n')}\nEND`,
  };
}

interface Runnable {
  path: string;
  size: number;
}

/** The GGUF file that one would begin with; of split models it is the first part. */
export const runnable = <File extends Runnable>(files: readonly File[]): File | undefined =>
  files.filter(({ path }) => /\.gguf$/i.test(path) && !/-0000[2-9]-of-|-000[1-9]\d-of-/.test(path)).toSorted((a, b) => a.size - b.size)[0];

/** How llama.cpp runs it on the machine. */
export function runOf(links: Links, { path }: Runnable, contextLength: number | null) {
  const folder = folderOf(links);
  const context = Math.min(contextLength ?? 4096, 4096);
  return {
    server: `llama-server --model ${quoted(`${folder}/${path}`)} --ctx-size ${context} --port 8081`,
    ask: `curl http://127.0.0.1:8081/v1/completions --header 'Content-Type: application/json' \\\n  --data '{"prompt": "The horse", "max_tokens": 16}'`,
  };
}
