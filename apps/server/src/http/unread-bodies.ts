import type { FastifyInstance } from 'fastify';

/** How long the rest of a body may come after its answer: until then a client reads why, after that it holds a place for nothing. */
const LINGER_MS = 3000;

/**
 * A request that was answered before its body had come whole (an upload that is refused on the way) leaves the rest on the
 * connection: the next request behind it would wait for ever. The rest is read and dropped for a moment, then the
 * connection ends.
 */
export function dropUnreadBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw: request }, { raw: response }, done) => {
    const { socket } = request;
    response.once('finish', () => {
      if (request.complete || socket.destroyed) return;
      const timer = setTimeout(() => socket.destroy(), LINGER_MS);
      const settled = () => clearTimeout(timer);
      socket.once('close', settled);
      request.once('end', settled);
      request.resume();
    });
    done();
  });
}
