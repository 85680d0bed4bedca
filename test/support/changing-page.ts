import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChangingPage {
  url: string;
  /** What it answers from now on. */
  show(body: string, status?: number): void;
  /** How often it was asked. */
  asked(): number;
  stop(): Promise<void>;
}

/** A web server of one page that others write, and change. */
export async function startChangingPage(): Promise<ChangingPage> {
  let shown = { body: '', status: 200 };
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(shown.status, { 'content-type': 'text/html; charset=utf-8' }).end(shown.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/policy`,
    show: (body, status = 200) => (shown = { body, status }),
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A page with a policy of forty clauses and something around it. */
export function policyPage({ clauseSeven = 'clause 7', around = '' } = {}): string {
  const clauses = Array.from(
    { length: 40 },
    (_, n) => `<p>${n + 1}. You shall keep to ${n === 6 ? clauseSeven : `clause ${n + 1}`} of this policy.</p>`,
  );
  return `<!doctype html><html><head><title>Use policy</title></head><body><nav>Home</nav><main><h1>Use policy</h1>
    ${clauses.join('\n')}</main><footer>${around}</footer></body></html>`;
}
