import { openApi, OPERATIONS } from '@paddock/contracts';
import type { FastifyInstance } from 'fastify';
import type { Runtime } from './runtime.js';

const VERSION = '0.1.0';
const DOCUMENT = '/api/openapi.json';

/** Serves openapi.json, and keeps it true: returns a check that throws unless the API's routes are the described ones. */
export function describeApi(fastify: FastifyInstance, runtime: Runtime): () => void {
  const served = new Set<string>();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/v1/')) return;
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') served.add(`${one} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  fastify.get(DOCUMENT, (_request, reply) => reply.type('application/json').send(openApi(runtime.publicUrl, VERSION)));
  return () => {
    const described = new Set(OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`));
    const faults = [
      ...[...served].filter((route) => !described.has(route)).map((route) => `not described: ${route}`),
      ...[...described].filter((route) => !served.has(route)).map((route) => `not served: ${route}`),
    ];
    if (faults.length > 0) throw new Error(`The API and its description differ. ${faults.join('; ')}`);
  };
}
