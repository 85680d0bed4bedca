import type { Exchange } from '../fetch/exchange.js';

/** The body with its content coding undone. */
export function decodedBody(_exchange: Pick<Exchange, 'body' | 'rawHeaders' | 'url'>): Buffer {
  throw new Error('not yet written');
}
