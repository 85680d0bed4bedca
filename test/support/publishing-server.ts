import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Held {
  id: string;
  path: string;
  size: number;
  access: string;
  bytes: Buffer;
  /** An empty file is complete only when its PATCH has come. */
  patched?: boolean;
}

/**
 * The publishing routes with everything in memory, and faults that a test sets. It checks how the command line behaves
 * when the network or the portal fails, and says nothing about the real server.
 */
export class PublishingServer {
  readonly uploads = new Map<string, Held>();
  readonly log: string[] = [];
  release: { state: 'draft' | 'published'; license?: string } | undefined;
  /** Cuts the connection of so many PATCH requests, each after this many bytes. */
  cuts = { count: 0, afterBytes: 0 };
  /** Answers so many requests with 503. */
  unavailable = 0;
  /** Answers every PATCH with this problem before it reads the body. */
  refusal: { status: number; code: string; detail: string; remedy: string } | undefined;
  /** Says this instead of the SHA-256 of what arrived. */
  claimedSha256: string | undefined;
  inFlight = 0;
  mostInFlight = 0;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  held(path: string): Held | undefined {
    return [...this.uploads.values()].find((upload) => upload.path === path);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url!.replace('/api/v1/models/lab-m/releases', '')}`;
    this.log.push(request.headers['upload-offset'] ? `${route} ${request.headers['upload-offset']}` : route);
    if (request.headers.authorization !== 'Bearer secret') return problem(response, 401, 'unauthenticated');
    if (this.unavailable > 0) {
      this.unavailable -= 1;
      return problem(response, 503, 'unavailable');
    }
    if (request.method === 'PATCH') return this.patch(request, response);
    const body = await json(request);
    if (route === 'POST ') return this.create(body, response);
    if (!this.release) return problem(response, 404, 'not-found');
    if (route === 'GET /v1') return send(response, 200, { name: 'v1', state: this.release.state, artifacts: this.artifacts() });
    if (route === 'POST /v1/uploads') return send(response, 201, this.view(this.open(body as unknown as Held)));
    if (route === 'POST /v1/publish') {
      this.release.state = 'published';
      return send(response, 200, { state: 'published' });
    }
    return send(response, 200, this.view(this.uploads.get(route.split('/').at(-1)!)!));
  }

  private create(body: Record<string, string>, response: ServerResponse): void {
    if (this.release) return problem(response, 409, 'release-exists');
    this.release = { state: 'draft', ...(body['license'] ? { license: body['license'] } : {}) };
    return send(response, 201, { model: 'lab-m', name: body['name'], state: 'draft' });
  }

  open({ path, size, access }: Pick<Held, 'path' | 'size' | 'access'>): Held {
    const upload = this.held(path) ?? { id: `u${this.uploads.size}`, path, size, access, bytes: Buffer.alloc(0) };
    this.uploads.set(upload.id, upload);
    return upload;
  }

  private async patch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.refusal) return send(response, this.refusal.status, this.refusal);
    const upload = this.uploads.get(request.url!.split('/').at(-1)!)!;
    if (Number(request.headers['upload-offset']) !== upload.bytes.length) return problem(response, 409, 'upload-offset');
    this.mostInFlight = Math.max(this.mostInFlight, (this.inFlight += 1));
    const { socket } = request;
    const cutAt = this.cuts.count > 0 ? upload.bytes.length + this.cuts.afterBytes : Infinity;
    if (cutAt !== Infinity) this.cuts.count -= 1;
    for await (const chunk of request) {
      upload.bytes = Buffer.concat([upload.bytes, chunk as Buffer]).subarray(0, Math.min(cutAt, upload.size));
      if (upload.bytes.length >= cutAt) break;
    }
    this.inFlight -= 1;
    upload.patched = true;
    if (cutAt === Infinity) send(response, 200, this.view(upload));
    else socket.destroy();
  }

  private view(upload: Held) {
    const { id, path, size, bytes, patched } = upload;
    const complete = bytes.length === size && patched === true;
    const sha256 = this.claimedSha256 ?? createHash('sha256').update(bytes).digest('hex');
    return { id, path, size, offset: bytes.length, state: complete ? 'complete' : 'open', ...(complete ? { sha256 } : {}) };
  }

  private artifacts() {
    return [...this.uploads.values()].map((upload) => this.view(upload)).filter((upload) => upload.state === 'complete');
  }
}

async function json(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string): void {
  send(response, status, { status, code, title: code, detail: `because ${code}`, remedy: `mend ${code}` });
}
