import { WEBHOOK_KINDS } from '@paddock/domain';
import type { Person } from './person.js';
import { portalUnderTest, type PortalUnderTest } from './portal-under-test.js';
import { until } from './processes.js';
import { WebhookReceiver, type ReceivedWebhook } from './webhook-receiver.js';

export interface Delivery {
  id: string;
  messageId: string;
  type: string;
  subject: string;
  state: string;
  attempts: number;
  lastStatus: number | null;
  lastAnswer: string | null;
  reason: string | null;
}

/** A portal and a real receiver of its webhooks, which end with each test. Its members are there once the tests run. */
export class WebhookPortal {
  readonly its: PortalUnderTest;
  private server: WebhookReceiver | undefined;

  constructor(env: Record<string, string>) {
    this.its = portalUnderTest(env);
    beforeAll(async () => {
      this.server = await WebhookReceiver.start();
    });
    afterAll(() => this.server?.stop());
    afterEach(async () => {
      this.receiver.answer = undefined;
      this.receiver.hangUp();
      const { body } = await this.its.admin.get<{ items: { id: string }[] }>('/webhooks');
      for (const { id } of body.items) await this.its.admin.call('DELETE', `/webhooks/${id}`, {});
    });
  }

  get receiver(): WebhookReceiver {
    return this.server!;
  }

  async add(person: Person, path: string, place: { publisher?: string; model?: string; kinds?: string[] } = {}) {
    const { body, text, status } = await person.post<{ id: string; secret: string }>('/webhooks', {
      url: this.receiver.url(path),
      kinds: WEBHOOK_KINDS,
      ...place,
    });
    if (status !== 201) throw new Error(text);
    return body;
  }

  /** What came about one request. */
  of(request: string): ReceivedWebhook[] {
    return this.receiver.received.filter(({ message }) => message.data['request'] === request);
  }

  types(request: string): string[] {
    return this.of(request).map(({ message }) => message.type);
  }

  /** As the portal lists them, newest first. */
  async deliveries(person: Person, endpoint: string, state?: string): Promise<Delivery[]> {
    const query = state ? `&state=${state}` : '';
    return (await person.get<{ items: Delivery[] }>(`/webhooks/${endpoint}/deliveries?limit=200${query}`)).body.items;
  }

  /** The answers to what the receiver has got are written down. */
  settled(endpoint: string): Promise<void> {
    return until('no attempt is under way', 30_000, async () => {
      const leased = await this.its.database.query('SELECT FROM webhook_delivery WHERE endpoint_id = $1 AND lease IS NOT NULL', [endpoint]);
      return leased.length === 0;
    });
  }

  /** Lets the wait before the next attempts pass. */
  async due(endpoint: string): Promise<void> {
    await this.settled(endpoint);
    await this.its.database.query(
      `UPDATE webhook_delivery SET due_at = now() WHERE endpoint_id = $1 AND state = 'pending' AND lease IS NULL`,
      [endpoint],
    );
  }
}

/** A submitted request for the demo model. */
export async function submitRequest(person: Person): Promise<string> {
  const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
  const { body } = await person.post<{ id: string }>('/access-requests', { model: 'demo-llama', licensee, answers: {} });
  await person.post(`/access-requests/${body.id}/submit`);
  return body.id;
}
