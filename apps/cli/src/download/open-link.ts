import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

const MOST_REDIRECTS = 5;

/**
 * GETs a link and follows its redirects to a store or a CDN. No token is ever sent: the link is the credential.
 * By node:http, which hands on each piece of a long body as it came; fetch() puts a web stream in between.
 */
export async function openLink(link: URL, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
  let url = link;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await get(url, headers, signal);
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || !location) return response;
    response.destroy();
    url = new URL(location, url);
  }
  throw new Error(`more than ${MOST_REDIRECTS} redirects`);
}

function get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
  if (!/^https?:$/.test(url.protocol)) throw new Error(`a redirect leads to ${url.protocol}`);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { headers, signal, agent: false });
    request.on('response', resolve).on('error', reject).end();
  });
}
