import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';

/** A client that takes its time: at most 64 KiB each `everyMs`, or nothing at all after the first piece. */
export class SlowDownload {
  received = 0;
  readonly pieces: Buffer[] = [];
  /** When the server's end of the connection was gone, on the clock of performance.now(). */
  readonly ended: Promise<number>;
  private head = '';

  private constructor(
    private readonly socket: Socket,
    private readonly everyMs: number | 'never',
  ) {
    socket.on('error', () => undefined);
    this.ended = goneAt(socket.localPort!);
    void this.read();
  }

  static async begin(link: string, everyMs: number | 'never', headers: Record<string, string> = {}): Promise<SlowDownload> {
    const url = new URL(link);
    const socket = connect({ port: Number(url.port), host: url.hostname });
    await once(socket, 'connect');
    const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`);
    const download = new SlowDownload(socket, everyMs);
    while (download.received === 0) await setTimeout(10);
    return download;
  }

  get status(): number {
    return Number(this.head.slice(9, 12));
  }

  /** Whether it has come to its end here, all bytes read; behind a proxy the system knows of the connection for longer. */
  get over(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }

  private async read(): Promise<void> {
    this.socket.pause();
    for (;;) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk) this.take(chunk);
      if (this.socket.destroyed || this.socket.readableEnded) return;
      if (this.everyMs === 'never' && this.received > 0) return;
      await setTimeout(chunk ? Number(this.everyMs) : 5);
    }
  }

  private take(chunk: Buffer): void {
    if (this.head.endsWith('\r\n\r\n')) {
      this.received += chunk.length;
      this.pieces.push(chunk);
      return;
    }
    const end = chunk.indexOf('\r\n\r\n') + 4;
    this.head = chunk.subarray(0, end).toString();
    if (end < chunk.length) this.take(chunk.subarray(end));
  }

  stop(): void {
    this.socket.destroy();
  }
}

/** FIN_WAIT2 and TIME_WAIT (tcp_states.h): everything was sent and taken. */
const CLOSED = new Set(['05', '06']);

/**
 * Who reads slowly learns late that the other side has closed, so the system is asked: as long as it holds bytes for
 * the client, the connection is there.
 */
async function goneAt(port: number): Promise<number> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const isThere = () =>
    readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .some(([, , remote, state]) => remote?.endsWith(end) && !CLOSED.has(state!));
  while (isThere()) await setTimeout(10);
  return performance.now();
}
