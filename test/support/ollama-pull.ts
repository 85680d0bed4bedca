import { createHash } from 'node:crypto';

const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const PART = 100_000;

interface OllamaManifest {
  config: OllamaLayer;
  layers: OllamaLayer[];
}
interface OllamaLayer {
  mediaType: string;
  digest: string;
  size: number;
}

/**
 * The requests of `ollama pull`, as its server/images.go, auth.go and download.go send them: a token only where one is
 * asked for and only from the registry's own host, then for each blob HEAD, one GET for where the bytes are (307, or 200
 * with a Location), and GETs of ranges there, without any token. It throws where Ollama would give up.
 */
export async function ollamaPull(registry: string, repository: string, tag: string): Promise<Map<string, Buffer>> {
  const base = `${registry}/v2/${repository}`;
  let bearer: string | undefined;
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = {
      'user-agent': 'ollama/0.12.0 (amd64 linux) Go/go1.24.1',
      accept: DOCKER,
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    };
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    if (response.status !== 401 || bearer) return response;
    bearer = await token(registry, response.headers.get('www-authenticate') ?? '');
    return ask(url, init);
  };

  const answer = await ask(`${base}/manifests/${tag}`);
  if (answer.status >= 400) throw new Error(`pull model manifest: ${answer.status}: ${await answer.text()}`);
  const manifest = (await answer.json()) as OllamaManifest;
  const blobs = new Map<string, Buffer>();
  for (const { mediaType, digest } of [...manifest.layers, manifest.config]) {
    const total = Number((await ask(`${base}/blobs/${digest}`, { method: 'HEAD' })).headers.get('content-length'));
    const first = await ask(`${base}/blobs/${digest}`);
    await first.body?.cancel();
    const location = first.headers.get('location');
    if (![200, 307].includes(first.status) || !location) throw new Error(`unexpected status code ${first.status}, Location ${location}`);
    const bytes = await inParts(new URL(location, base).href, total);
    if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== digest) throw new Error('digest mismatch');
    blobs.set(mediaType, bytes);
  }
  return blobs;
}

async function token(registry: string, challenge: string): Promise<string> {
  const fields = new Map(Array.from(challenge.matchAll(/(\w+)="([^"]*)"/g), ([, key, value]) => [key!, value!]));
  const realm = new URL(fields.get('realm') ?? '');
  if (realm.host !== new URL(registry).host) throw new Error(`realm host ${realm.host} is not the registry's`);
  realm.searchParams.set('service', fields.get('service') ?? '');
  realm.searchParams.set('scope', fields.get('scope') ?? '');
  // Ollama signs with a key of its own.
  const answer = await fetch(realm, { headers: { authorization: 'AAAAC3NzaC1lZDI1NTE5AAAAIA:c2lnbmF0dXJl' } });
  return ((await answer.json()) as { token: string }).token;
}

async function inParts(url: string, total: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = 0; at < total; at += PART) {
    const range = `bytes=${at}-${Math.min(at + PART, total) - 1}`;
    const response = await fetch(url, { headers: { range } });
    if (response.status !== 206) throw new Error(`a part came with status ${response.status}`);
    parts.push(Buffer.from(await response.arrayBuffer()));
  }
  return Buffer.concat(parts);
}
