import { PASSWORD, Person } from './person.js';
import { portalUnderTest, type PortalUnderTest } from './portal-under-test.js';
import { until } from './processes.js';
import { TestSmtpServer } from './smtp-server.js';

export interface MailRow {
  id: string;
  state: string;
  reason: string | null;
  attempts: number;
  message_id: string;
}

/** A portal that sends mail to a real server which fails at will. Its members are there once the tests run. */
export class MailPortal {
  readonly its: PortalUnderTest;
  private server: TestSmtpServer | undefined;
  private people = 0;

  constructor(env: Record<string, string> = {}) {
    const given: Record<string, string> = { PADDOCK_MAIL_FROM: 'Paddock Portal <portal@lab.example>', ...env };
    beforeAll(async () => {
      this.server = await TestSmtpServer.start();
      given['PADDOCK_SMTP_URL'] = this.server.url;
    });
    this.its = portalUnderTest(given);
    afterAll(() => this.server?.stop());
    afterEach(() => {
      this.smtp.fault = undefined;
    });
  }

  get smtp(): TestSmtpServer {
    return this.server!;
  }

  /** Writes one mail through the API, and returns whom it is for. */
  async signUp(): Promise<string> {
    const email = `reader-${(this.people += 1)}@example.org`;
    await new Person(this.its.url).post('/accounts', { email, password: PASSWORD, name: 'Ada' });
    return email;
  }

  /** The one mail to somebody. */
  async mailTo(email: string): Promise<MailRow> {
    const [row] = await this.its.database.query<MailRow>('SELECT id, state, reason, attempts, message_id FROM mail WHERE recipient = $1', [
      email,
    ]);
    return row!;
  }

  state(email: string, wanted: string): Promise<void> {
    return until(`mail to ${email} is ${wanted}`, 30_000, async () => (await this.mailTo(email)).state === wanted);
  }

  tried(email: string): Promise<void> {
    return until(`mail to ${email} was tried`, 30_000, async () => (await this.mailTo(email)).reason !== null);
  }

  /** Lets the wait before the next attempt pass. */
  async due(email: string): Promise<void> {
    await this.its.database.query(`UPDATE mail SET due_at = now() - interval '1 second' WHERE recipient = $1`, [email]);
  }
}
