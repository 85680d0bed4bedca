import { CaptureFailure } from './capture-failure.js';
import { headerOf, type Exchange } from './exchange.js';

/** RFC 9110, section 15.4: those that name where the same document is. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Where a response sends us next, or undefined when it is the end.
 * @param visited the addresses asked so far, as `href`
 * @throws CaptureFailure for a redirect that is not followed.
 */
export function redirectTarget(exchange: Exchange, visited: ReadonlySet<string>, maxRedirects: number): URL | undefined {
  const location = headerOf(exchange, 'location');
  if (!REDIRECTS.has(exchange.status) || location === undefined) return undefined;
  const { origin, protocol } = new URL(exchange.url);
  // A header comes as Latin-1; servers that send other letters send UTF-8, and browsers read it so.
  const target = URL.parse(Buffer.from(location, 'latin1').toString(), exchange.url);
  if (!target) throw new CaptureFailure(origin, 'redirect-refused', 'it redirects to what is not a URL');
  target.hash = '';
  if (protocol === 'https:' && target.protocol === 'http:')
    throw new CaptureFailure(origin, 'redirect-refused', 'it redirects from https to http');
  if (visited.has(target.href)) throw new CaptureFailure(origin, 'redirect-loop', 'it redirects in a circle');
  if (visited.size > maxRedirects) throw new CaptureFailure(origin, 'too-many-redirects', `it redirects more than ${maxRedirects} times`);
  return target;
}
