import { problemOf } from '@paddock/contracts';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { endWithProblem } from './raw-problem.js';
import type { Runtime } from './runtime.js';

const LOOK_EVERY_MS = 1000;

interface Arriving {
  request: IncomingMessage;
  /** Where the body was when its pace was judged last. */
  bytes: number;
  at: number;
}

/**
 * Cuts clients that take a place and give nothing for it: a body that comes slower than any line is, and a reader who
 * takes nothing for minutes. Who waits for us is never cut, and a slow line that moves is not either. Slow headers are
 * Node's to cut (`headersTimeout`).
 */
export function cutSlowClients(server: Server, runtime: Runtime): void {
  const { PADDOCK_CLIENT_SECONDS: seconds, PADDOCK_CLIENT_BYTES_PER_SECOND: pace, PADDOCK_STALLED_SECONDS: stalled } = runtime.config;
  const { clientsCut } = runtime.metrics;
  const arriving = new Map<Socket, Arriving>();

  server.on('request', (request: IncomingMessage) => {
    if (request.complete) return;
    const { socket } = request;
    arriving.set(socket, { request, bytes: socket.bytesRead, at: performance.now() });
    request.once('close', () => arriving.get(socket)?.request === request && arriving.delete(socket));
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [socket, body] of arriving) {
      if (now - body.at < seconds * 1000) continue;
      if (socket.bytesRead - body.bytes < pace * seconds && waitsForClient(body.request)) cutBody(socket);
      else Object.assign(body, { bytes: socket.bytesRead, at: now });
    }
  }, LOOK_EVERY_MS).unref();
  server.once('close', () => clearInterval(timer));

  server.setTimeout(stalled * 1000, (socket: Socket) => {
    const body = arriving.get(socket);
    if (body && waitsForClient(body.request)) return cutBody(socket);
    // Without anything under way it is Node's to say how long an idle connection is kept.
    if (socket.writableLength === 0) return void socket.setTimeout(stalled * 1000);
    clientsCut.inc({ reason: 'stalled' });
    socket.resetAndDestroy();
  });

  function cutBody(socket: Socket): void {
    arriving.delete(socket);
    clientsCut.inc({ reason: 'slow-body' });
    const context = { publicUrl: runtime.publicUrl, requestId: randomUUID() };
    const detail = `A body must come at ${pace} bytes a second at least.`;
    if (socket.writableLength > 0) socket.destroy();
    else endWithProblem(socket, problemOf('client-too-slow', detail, {}, context));
  }
}

/** What has come is taken as soon as it is wanted: where some of it waits, the client is not to blame. */
function waitsForClient(request: IncomingMessage): boolean {
  return !request.complete && request.readableLength === 0;
}
