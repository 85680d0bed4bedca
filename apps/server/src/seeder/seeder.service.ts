import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { peerAddress } from '@paddock/delivery';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PasskeyGate } from '../delivery/passkeys/passkey-gate.js';
import { PasskeyUsage } from '../delivery/passkeys/passkey-usage.js';
import type { PasskeyFacts } from '../grants/passkey-facts.js';
import { AddressCounts } from '../http/address-counts.js';
import { networkOf } from '../http/rates/network.js';
import { Runtime } from '../http/runtime.js';
import { Announcing } from '../tracker/announcing.js';
import { Bandwidth } from './bandwidth.js';
import { PeerConnection } from './peer-connection.js';
import { SeededTorrents, type SeededTorrent } from './seeded-torrents.js';

const ASK_AGAIN_MS = 500;
const OFFER_MS = 20_000;

interface Served {
  connection: PeerConnection;
  address: Uint8Array;
  release: string;
  facts: PasskeyFacts;
}

/**
 * Shares the torrents of published releases with peers that the tracker admitted, known by their address. Each half second
 * the gate is asked again whether one of the passkeys that were announced from there still stands; else they are dropped.
 */
@Injectable()
export class Seeder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly peerId = Buffer.concat([Buffer.from('-PK0100-'), randomBytes(12)]);
  private readonly served = new Set<Served>();
  private readonly bandwidth: Bandwidth;
  private readonly addresses: AddressCounts;
  private readonly timers: NodeJS.Timeout[] = [];
  private server: Server | undefined;
  private asking = false;

  constructor(
    private readonly announcing: Announcing,
    private readonly gate: PasskeyGate,
    private readonly usage: PasskeyUsage,
    private readonly torrents: SeededTorrents,
    private readonly runtime: Runtime,
  ) {
    this.addresses = new AddressCounts(runtime.config.PADDOCK_SEEDER_CONNECTIONS_PER_ADDRESS);
    this.bandwidth = new Bandwidth(runtime.config.PADDOCK_SEEDER_MEGABYTES * 1_000_000);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { config } = this.runtime;
    const shown = config.PADDOCK_SEEDER_ADDRESS ?? (config.loopback ? loopbackOf(config.PADDOCK_HOST) : undefined);
    if (!config.PADDOCK_SEEDER || !shown || config.PADDOCK_ROLE === 'jobs') return;
    const server = createServer({ noDelay: true }, (socket) => this.connected(socket));
    server.maxConnections = config.PADDOCK_SEEDER_CONNECTIONS;
    server.listen(config.PADDOCK_SEEDER_PORT, config.PADDOCK_SEEDER_HOST ?? config.PADDOCK_HOST);
    await once(server, 'listening');
    this.server = server;
    const { port } = server.address() as AddressInfo;
    const place = Buffer.concat([peerAddress(shown), Buffer.from([port >> 8, port & 255])]);
    const offer = () =>
      void Promise.resolve(this.announcing.swarms.offerSeeder(place)).catch((error: unknown) =>
        this.runtime.logger.warn({ error }, 'peers cannot be told of the seeder'),
      );
    offer();
    this.timers.push(
      setInterval(offer, OFFER_MS),
      setInterval(() => void this.askAgain(), ASK_AGAIN_MS),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.server?.close();
    for (const { connection } of this.served) connection.drop();
  }

  private connected(socket: Socket): void {
    const from = networkOf(socket.remoteAddress ?? '');
    if (!this.addresses.take(from)) return void socket.destroy();
    socket.once('close', () => this.addresses.giveBack(from));
    let served: Served | undefined;
    const connection = new PeerConnection(socket, {
      peerId: this.peerId,
      admit: async (infoHash) => {
        const torrent = await this.torrents.find(infoHash);
        const address = peerAddress(socket.remoteAddress ?? '');
        const facts = torrent && (await this.admission(torrent.release, address));
        if (!facts || socket.destroyed) return undefined;
        this.served.add((served = { connection, address, release: torrent.release, facts }));
        return torrent;
      },
      bandwidth: (bytes, signal) => this.bandwidth.take(bytes, signal),
      read: (torrent: SeededTorrent, offset, length) => this.torrents.read(torrent, offset, length),
      sent: (bytes) => {
        this.runtime.metrics.bytes.inc({ channel: 'torrent' }, bytes);
        this.usage.add(served!.facts, { seeded: bytes });
      },
    });
    socket.once('close', () => served && this.served.delete(served));
  }

  /** A passkey that was announced with from this address and still stands. A gate that cannot answer has not said yes. */
  private async admission(release: string, address: Uint8Array): Promise<PasskeyFacts | undefined> {
    for (const secretHash of await this.announcing.swarms.passkeysAt(release, address)) {
      const facts = await this.gate.admitByHash(secretHash).catch(() => undefined);
      if (facts?.release === release) return facts;
    }
    return undefined;
  }

  private async askAgain(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    await Promise.all([...this.served].map((served) => this.judge(served)));
    this.asking = false;
  }

  private async judge(served: Served): Promise<void> {
    const still = await this.gate.admitByHash(served.facts.secretHash).catch(() => undefined);
    const facts = still ?? (await this.admission(served.release, served.address).catch(() => undefined));
    if (facts) served.facts = facts;
    else served.connection.drop();
  }
}

function loopbackOf(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}
