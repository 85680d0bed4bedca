import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** The info dictionary's SHA-1, percent-encoded. */
export function hashOf(torrent: string): string {
  return [...sha1OfInfo(torrent)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function sha1OfInfo(torrent: string): Buffer {
  const bytes = readFileSync(torrent);
  return createHash('sha1')
    .update(bytes.subarray(bytes.indexOf('4:info') + 6, bytes.lastIndexOf('12:piece layers')))
    .digest();
}

/** What a peer says first (BEP 3), of the torrent's v1 hash. */
export function handshakeFor(torrent: string): Buffer {
  return Buffer.concat([Buffer.from('\x13BitTorrent protocol'), Buffer.alloc(8), sha1OfInfo(torrent), Buffer.from('-XX0001-123456789012')]);
}

/** However it ends: a reset is an error too, and what is expected here. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((done) => socket.once('close', () => done()));
}

/** How many bytes a connection from this address is answered with. */
export async function bytesFromSeeder(place: { host: string; port: number }, torrent: string, from: string): Promise<number> {
  const socket = connect({ ...place, localAddress: from });
  let received = 0;
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => (received += chunk.length));
  socket.write(Buffer.concat([handshakeFor(torrent), Buffer.from([0, 0, 0, 1, 2])]));
  await Promise.race([closed(socket), setTimeout(1500)]);
  socket.destroy();
  return received;
}

/** A GET from one of this machine's addresses. */
export function getFrom(portal: string, path: string, localAddress: string): Promise<string> {
  const { hostname, port } = new URL(portal);
  return new Promise((done, fail) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail);
    socket.on('close', () => done(Buffer.concat(chunks).toString('latin1').split('\r\n\r\n').slice(1).join('\r\n\r\n')));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: portal\r\nconnection: close\r\n\r\n`);
  });
}
