/**
 * A bare HTTP server over a disk store, a process of its own so that its memory can be seen from outside:
 * `download-server.ts ROOT`. GET /store/KEY goes by the store's send, GET /pipe/KEY by createReadStream().pipe().
 * It prints its port and ends with its standard input.
 */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { diskStore } from '@paddock/storage';

const root = process.argv[2] ?? '';
const store = diskStore({ root });

async function answer(path: string, response: ServerResponse): Promise<void> {
  const [, way, ...segments] = path.split('/');
  const key = segments.join('/');
  const object = await store.head(key);
  if (!object) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-length': object.size });
  if (way === 'pipe') {
    createReadStream(join(root, 'objects', key)).pipe(response);
    return;
  }
  await store.send(key, response, { signal: new AbortController().signal });
  response.end();
}

const server = createServer((request, response) => {
  answer(request.url ?? '/', response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
