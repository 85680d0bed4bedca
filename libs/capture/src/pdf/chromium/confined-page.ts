import type { DevTools } from './devtools.js';

/** A name that nobody can have (RFC 6761, section 6.4). */
const DOCUMENT_URL = 'http://snapshot.invalid/';

/**
 * The policy that the document is served under. No style of its own: one could push content over the stamp (`@page`), hide
 * clauses, or fetch. The sandbox stops refreshes, forms and plug-ins.
 */
const POLICY = "default-src 'none'; img-src data:; sandbox";

export interface ConfinedPage {
  send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/** Opens a page that holds the given HTML and can reach nothing: no script runs, and every request but the document's is aborted. */
export async function openConfinedPage(devtools: DevTools, html: string): Promise<ConfinedPage> {
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
  const send: ConfinedPage['send'] = (method, params) => devtools.send(method, params, sessionId as string);
  let served = false;
  devtools.on('Fetch.requestPaused', ({ requestId, request }) => {
    const isDocument = !served && (request as { url: string }).url === DOCUMENT_URL;
    served ||= isDocument;
    const answer = isDocument
      ? send('Fetch.fulfillRequest', { requestId, ...response(html) })
      : send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    // Where Chromium has ended, whoever waits for the page is told.
    answer.catch(() => undefined);
  });
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  await send('Network.enable');
  await send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
  await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await send('Page.enable');
  const loaded = new Promise<void>((resolve) => devtools.on('Page.loadEventFired', () => resolve()));
  await send('Page.navigate', { url: DOCUMENT_URL });
  await loaded;
  return { send };
}

function response(html: string) {
  return {
    responseCode: 200,
    responseHeaders: [
      { name: 'Content-Type', value: 'text/html; charset=utf-8' },
      { name: 'Content-Security-Policy', value: POLICY },
    ],
    body: Buffer.from(html).toString('base64'),
  };
}
