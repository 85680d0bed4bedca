import { connect } from 'node:net';
import type { Answer } from './person.js';

/** Sends bytes as they are, which no client library would, and reads the one answer. */
export function sendRaw(portal: string, request: string | Buffer): Promise<Pick<Answer, 'status' | 'headers' | 'text'>> {
  const { hostname, port } = new URL(portal);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', fail);
    socket.on('close', () => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const headers = new Headers(
        fields.map((field): [string, string] => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()]),
      );
      done({ status: Number(line.split(' ')[1]), headers, text: rest.join('\r\n\r\n') });
    });
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
  });
}

/** A GET of an address that fetch would mend or refuse. */
export function getRaw(portal: string, address: string, headers: readonly string[] = []) {
  return sendRaw(portal, [`GET ${address} HTTP/1.1`, 'host: portal', 'connection: close', ...headers, '', ''].join('\r\n'));
}
