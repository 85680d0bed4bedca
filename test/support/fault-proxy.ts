import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** A wire to a server that can be cut: connections that there are break, and new ones are refused until it is mended. */
export class FaultProxy {
  readonly #clients = new Set<Socket>();
  readonly #server: Server;
  #cut = false;

  private constructor(target: NetConnectOpts) {
    this.#server = createServer((client) => this.#join(client, target));
  }

  static async start(target: NetConnectOpts): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** As a network does it that is gone: those who are connected learn it by a reset. */
  cutOff(): void {
    this.#cut = true;
    for (const client of this.#clients) client.resetAndDestroy();
  }

  mend(): void {
    this.#cut = false;
  }

  async stop(): Promise<void> {
    this.cutOff();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, target: NetConnectOpts): void {
    if (this.#cut) return void client.resetAndDestroy();
    const server = connect(target);
    this.#clients.add(client);
    for (const socket of [client, server])
      socket
        .setNoDelay(true)
        .on('error', () => undefined)
        .on('close', () => {
          this.#clients.delete(client);
          client.destroy();
          server.destroy();
        });
    client.pipe(server).pipe(client);
  }
}
