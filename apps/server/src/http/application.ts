import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomUUID } from 'node:crypto';
import { describeApi } from './api-description.js';
import { capConnections } from './connection-caps.js';
import { logRequests, nestLogger } from './logging.js';
import { RequestRates } from './rates/request-rates.js';
import { refuseUnreadable } from './readable-body.js';
import type { Runtime } from './runtime.js';
import { cutSlowClients } from './slow-clients.js';
import { dropUnreadBodies } from './unread-bodies.js';
import { LONGEST_PART, unroutable } from './unroutable.js';
import { validation } from './validation.js';

const MAX_BODY = 1024 * 1024;

/** Nest on Fastify with everything that every route shares. Not yet listening. */
export async function makeApplication(module: DynamicModule, runtime: Runtime): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: MAX_BODY,
    genReqId: () => randomUUID(),
    trustProxy: runtime.config.PADDOCK_TRUSTED_PROXIES ?? false,
    routerOptions: { maxParamLength: LONGEST_PART },
    forceCloseConnections: 'idle',
    // A client that never finishes its headers is cut; a body may take as long as a large upload takes, at a pace.
    http: { headersTimeout: runtime.config.PADDOCK_CLIENT_SECONDS * 1000, requestTimeout: 0, connectionsCheckingInterval: 1000 },
    ...unroutable(runtime),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(runtime.logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalPipes(validation);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: runtime.config.PADDOCK_PUBLIC_URL?.startsWith('https:') ?? false,
  });
  const fastify = adapter.getInstance();
  capConnections(fastify.server, runtime);
  cutSlowClients(fastify.server, runtime);
  dropUnreadBodies(fastify);
  runtime.tracing.requests(fastify);
  logRequests(fastify, runtime.logger, runtime.metrics);
  // JSON is all that is read: no form of another site's page can be a request of ours.
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('preValidation', async ({ body }) => refuseUnreadable(body));
  // Uploads are handed on as they arrive, never buffered.
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'private, no-store');
  });
  const rates = app.get(RequestRates);
  fastify.addHook('onRequest', (request, reply) => rates.takeOfAddress(request, reply));
  if (runtime.config.PADDOCK_ROLE === 'jobs') fastify.addHook('onRequest', async ({ url }) => refuseUnlessProbe(url));
  const checkDescription = describeApi(fastify, runtime);
  await app.init();
  checkDescription();
  return app;
}

/** A process of the role `jobs` is looked at by its supervisor and by nobody else. */
function refuseUnlessProbe(url: string): void {
  if (/^\/(?:health\/(?:live|ready)|metrics)(?:\?|$)/.test(url)) return;
  throw new Refusal('unavailable', 'This process does jobs; a process of the role `http` answers requests.');
}
