import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Runtime } from '../http/runtime.js';
import { trustedProxies } from '../http/trusted-proxies.js';
import { Announcing } from './announcing.js';

const PATH = /^\/(announce|scrape)\/([^/?]{1,128})(?:\?([^]*))?$/;

/**
 * Announces are answered in front of Fastify: of what a request costs there (hooks, guards, headers, a log line) an
 * announce needs nothing, and it is the one request that whole swarms repeat. A page never asks here.
 */
@Injectable()
export class TrackerDoor implements OnApplicationBootstrap {
  private readonly addressOf: (request: IncomingMessage) => string;

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly announcing: Announcing,
    private readonly runtime: Runtime,
  ) {
    const trust = trustedProxies(runtime.config);
    this.addressOf = trust ? (request) => proxyAddr(request, trust) : (request) => request.socket.remoteAddress ?? '';
  }

  onApplicationBootstrap(): void {
    if (this.runtime.config.PADDOCK_ROLE === 'jobs') return;
    const server = this.adapter.httpAdapter.getHttpServer() as Server;
    const others = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.answers(request, response)) return;
      for (const listener of others) listener(request, response);
    });
  }

  /** False where the request is for somebody else. */
  answers(request: IncomingMessage, response: ServerResponse): boolean {
    const [, what, passkey, query = ''] = PATH.exec(request.url ?? '') ?? [];
    if (!what || !passkey || request.method !== 'GET') return false;
    const answer =
      what === 'announce' ? this.announcing.announce(passkey, query, this.addressOf(request)) : this.announcing.scrape(passkey, query);
    if (answer instanceof Promise) void answer.then((bytes) => send(response, bytes));
    else send(response, answer);
    return true;
  }
}

/** Also a failure is status 200: of other answers clients show no reason (BEP 3). */
function send(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'private, no-store', 'content-length': bytes.length });
  // As text it leaves in one write with the headers.
  response.end(bytes.toString('latin1'), 'latin1');
}
