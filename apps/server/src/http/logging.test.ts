import { fastify } from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { until } from '../../../../test/support/processes.js';
import { logRequests, makeLogger } from './logging.js';
import { Metrics } from './metrics.js';

test('a request is in flight until its answer has ended, or its client has gone', async () => {
  const metrics = new Metrics();
  const server = fastify();
  logRequests(
    server,
    makeLogger('silent', () => undefined),
    metrics,
  );
  server.get('/quick', async () => 'done');
  server.get('/slow', (_request, reply) => {
    reply.hijack();
    reply.raw.write('some bytes');
  });
  const inFlight = async () => (await metrics.inFlight.get()).values[0]!.value;
  await server.listen({ port: 0, host: '127.0.0.1' });
  try {
    const { port } = server.server.address() as AddressInfo;
    await (await fetch(`http://127.0.0.1:${port}/quick`)).text();
    await until('the quick one is over', 30_000, async () => (await inFlight()) === 0);
    const client = connect(port, '127.0.0.1');
    client.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(client, 'data');
    expect(await inFlight()).toBe(1);
    client.destroy();
    await until('the slow one is over', 30_000, async () => (await inFlight()) === 0);
  } finally {
    await server.close();
  }
});
