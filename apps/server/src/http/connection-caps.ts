import { problemOf, type Problem } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { AddressCounts } from './address-counts.js';
import { networkOf } from './rates/network.js';
import { endWithProblem } from './raw-problem.js';
import type { Runtime } from './runtime.js';
import { trustedProxies } from './trusted-proxies.js';

/** Beyond the cap so many more are told why before the system is left to turn clients away without a word. */
const TOLD = 64;

/** Caps connections, of one address and in all, before a byte of them is read. Announces come by the same door. */
export function capConnections(server: Server, runtime: Runtime): void {
  const { PADDOCK_CONNECTIONS: most, PADDOCK_CONNECTIONS_PER_ADDRESS: perAddress } = runtime.config;
  const { connections, connectionsRefused } = runtime.metrics;
  const isProxy = trustedProxies(runtime.config);
  const counts = new AddressCounts(perAddress);
  const serve = server.listeners('connection') as ((socket: Socket) => void)[];
  let open = 0;

  const refusalFor = (address: string): Refusal | undefined => {
    if (open >= most) return new Refusal('unavailable', 'Every place is taken.', { retryAfter: 2 });
    if (isProxy?.(address, 0) || counts.take(networkOf(address))) return undefined;
    return new Refusal('too-many-connections', `One address may have ${perAddress} connections at a time.`, { retryAfter: 2 });
  };
  server.maxConnections = most + TOLD;
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const refusal = refusalFor(address);
    if (refusal) {
      connectionsRefused.inc({ code: refusal.code });
      socket.on('error', () => undefined);
      return endWithProblem(socket, problem(refusal));
    }
    open += 1;
    connections.inc();
    socket.once('close', () => {
      open -= 1;
      connections.dec();
      if (!isProxy?.(address, 0)) counts.giveBack(networkOf(address));
    });
    for (const listener of serve) listener.call(server, socket);
  });

  function problem({ code, detail, facts }: Refusal): Problem {
    return problemOf(code, detail, facts, { publicUrl: runtime.publicUrl, requestId: randomUUID() });
  }
}
