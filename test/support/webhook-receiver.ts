import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedWebhook {
  path: string;
  id: string;
  headers: Record<string, string>;
  payload: string;
  message: { type: string; timestamp: string; data: Record<string, string> };
  at: number;
}

type Answer = (received: ReceivedWebhook, response: ServerResponse) => void;

/** A real receiver. It answers 200 unless told otherwise, and keeps all that came, refused or not. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  answer: Answer | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    let self: WebhookReceiver | undefined = undefined;
    const server = createServer((request, response) => void self?.take(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    self = new WebhookReceiver(server);
    return self;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  at(path: string): ReceivedWebhook[] {
    return this.received.filter((one) => one.path === path);
  }

  /** Cuts every connection, those that wait for an answer too. */
  hangUp(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const payload = Buffer.concat(chunks).toString();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const received = {
      path: request.url ?? '',
      id: headers['webhook-id']!,
      headers,
      payload,
      message: JSON.parse(payload),
      at: Date.now(),
    };
    this.received.push(received);
    if (this.answer) this.answer(received, response);
    else response.end('thank you');
  }
}

/** Whether the receiver would believe it, by the library that receivers use. */
export function isGenuine({ payload, headers }: ReceivedWebhook, secret: string): boolean {
  try {
    new Webhook(secret).verify(payload, headers);
    return true;
  } catch {
    return false;
  }
}
