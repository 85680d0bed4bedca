import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TlsPeer } from './exchange.js';

/** Of the heads of one response, in bytes. */
export const MAX_HEAD = 32 * 1024;

export interface WatchedConnection {
  /** The remote address, once it is connected. */
  address: string;
  tls: TlsPeer | null;
  /** Every byte that came, in order. */
  received: Buffer[];
}

/** Notes who answers a request, and keeps a copy of all that comes as long as it stays within bounds. */
export function watchedConnection(request: ClientRequest, maxBytes: number): WatchedConnection {
  const connection: WatchedConnection = { address: '', tls: null, received: [] };
  request.once('socket', (socket) => watch(socket, connection, maxBytes));
  return connection;
}

export function tooLarge(maxBytes: number): RangeError {
  return new RangeError(`it is larger than ${maxBytes} bytes`);
}

function watch(socket: Socket, connection: WatchedConnection, maxBytes: number): void {
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
    connection.address = socket.remoteAddress ?? '';
    if (socket instanceof TLSSocket) connection.tls = tlsPeer(socket);
  });
  let size = 0;
  socket.on('data', (chunk: Buffer) => {
    size += chunk.length;
    // Room for heads and for the marks between chunks.
    if (size > maxBytes + 2 * MAX_HEAD) socket.destroy(tooLarge(maxBytes));
    else connection.received.push(chunk);
  });
}

function tlsPeer(socket: TLSSocket): TlsPeer | null {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  const { fingerprint256, subject, issuer, validFrom, validTo } = certificate;
  return {
    fingerprint256: fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: subject.replaceAll('\n', ', '),
    issuer: issuer.replaceAll('\n', ', '),
    validFrom: new Date(validFrom).toISOString(),
    validTo: new Date(validTo).toISOString(),
    protocol: socket.getProtocol() ?? '',
  };
}
