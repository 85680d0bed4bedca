import {
  fullBitfield,
  HANDSHAKE_LENGTH,
  HAVE_ALL,
  PeerMessages,
  pieceHead,
  readHandshake,
  rejection,
  UNCHOKE,
  writeHandshake,
  type Handshake,
  type PeerMessage,
} from '@paddock/delivery';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { SeededTorrent } from './seeded-torrents.js';

/** Requests of one peer that wait; libtorrent has at most 500 under way. */
const MOST_WAITING = 512;
const HANDSHAKE_MS = 10_000;
const SILENCE_MS = 180_000;

/** What a connection asks of the seeder. */
export interface PeerHost {
  readonly peerId: Uint8Array;
  /** The torrent that this peer may have; undefined where nothing is to be said to it at all. */
  admit(infoHash: string): Promise<SeededTorrent | undefined>;
  /** When so many bytes may be sent. */
  bandwidth(bytes: number, signal: AbortSignal): Promise<void>;
  read(torrent: SeededTorrent, offset: number, length: number): Promise<Buffer>;
  sent(bytes: number): void;
}

type Request = Extract<PeerMessage, { kind: 'request' | 'cancel' }>;

/** One peer that takes from the seeder: it is admitted before a byte is sent, and asks for nothing that the torrent lacks. */
export class PeerConnection {
  private opening: Buffer = Buffer.alloc(0);
  private readonly messages = new PeerMessages();
  private readonly waiting: Request[] = [];
  private readonly closed = new AbortController();
  private handshake: Handshake | undefined;
  private torrent: SeededTorrent | undefined;
  private interested = false;
  private serving = false;

  constructor(
    private readonly socket: Socket,
    private readonly host: PeerHost,
  ) {
    socket.setTimeout(HANDSHAKE_MS, () => this.drop());
    socket.on('error', () => this.drop());
    socket.on('close', () => this.closed.abort());
    socket.on('data', (bytes: Buffer) => this.take(bytes));
  }

  /** Reset, not closed: nothing that waits in the system's buffers is sent any more. */
  drop(): void {
    this.closed.abort();
    this.socket.resetAndDestroy();
  }

  private take(bytes: Buffer): void {
    try {
      if (!this.handshake) this.takeOpening(bytes);
      else if (this.torrent) this.act(this.messages.read(bytes));
      else if (this.opening.length + bytes.length > HANDSHAKE_LENGTH * 1024) this.drop();
      else this.opening = Buffer.concat([this.opening, bytes]);
    } catch {
      this.drop();
    }
    // Whoever asks without reading the answers is not read from: else the answers would pile up here.
    if (this.socket.writableNeedDrain && !this.socket.isPaused()) {
      this.socket.pause();
      this.socket.once('drain', () => this.socket.resume());
    }
  }

  private takeOpening(bytes: Buffer): void {
    this.opening = Buffer.concat([this.opening, bytes]);
    if (this.opening.length < HANDSHAKE_LENGTH) return;
    this.handshake = readHandshake(this.opening);
    this.opening = this.opening.subarray(HANDSHAKE_LENGTH);
    if (this.handshake) void this.begin(this.handshake).catch(() => this.drop());
    else this.drop();
  }

  private async begin({ infoHash, fast }: Handshake): Promise<void> {
    const torrent = await this.host.admit(infoHash);
    if (!torrent || this.closed.signal.aborted) return this.drop();
    this.torrent = torrent;
    this.socket.setTimeout(SILENCE_MS);
    const pieces = Math.ceil(torrent.size / torrent.pieceLength);
    this.socket.write(Buffer.concat([writeHandshake(infoHash, this.host.peerId), fast ? HAVE_ALL : fullBitfield(pieces)]));
    this.act(this.messages.read(this.opening));
  }

  private act(messages: PeerMessage[]): void {
    for (const message of messages) {
      if (message.kind === 'interested' && !this.interested) this.socket.write(UNCHOKE);
      if (message.kind === 'interested') this.interested = true;
      if (message.kind === 'cancel') this.cancel(message);
      if (message.kind === 'request') this.enqueue(message);
    }
    if (!this.serving && this.waiting.length > 0) void this.serve();
  }

  private enqueue(request: Request): void {
    if (this.interested && this.waiting.length < MOST_WAITING) this.waiting.push(request);
    else this.reject(request);
  }

  private cancel({ piece, begin }: Request): void {
    const at = this.waiting.findIndex((request) => request.piece === piece && request.begin === begin);
    if (at >= 0) this.reject(this.waiting.splice(at, 1)[0]!);
  }

  private reject(request: Request): void {
    if (this.handshake?.fast) this.socket.write(rejection(request));
  }

  private async serve(): Promise<void> {
    this.serving = true;
    try {
      for (let request = this.waiting.shift(); request && !this.closed.signal.aborted; request = this.waiting.shift())
        await this.send(request);
    } catch {
      this.drop();
    } finally {
      this.serving = false;
    }
  }

  private async send({ piece, begin, length }: Request): Promise<void> {
    const torrent = this.torrent!;
    if (begin + length > torrent.pieceLength) throw new RangeError('the block goes beyond its piece');
    const bytes = await this.host.read(torrent, piece * torrent.pieceLength + begin, length);
    const { signal } = this.closed;
    await this.host.bandwidth(length, signal);
    if (signal.aborted) return;
    // Head and block leave by one call of the system.
    this.socket.cork();
    this.socket.write(pieceHead(piece, begin, length));
    const room = this.socket.write(bytes);
    this.socket.uncork();
    this.host.sent(length);
    if (!room) await once(this.socket, 'drain', { signal });
  }
}
