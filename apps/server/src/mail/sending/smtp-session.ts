import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { Readable } from 'node:stream';
import { outcomeOf, type Outcome } from './outcome.js';

const CONNECT_MS = 20_000;
/** All that comes before the last line. */
const PATIENCE_MS = 60_000;
/** RFC 5321, section 4.5.3.2.6: the answer to the last line may take ten minutes, and not waiting for it brings doubles. */
const ANSWER_MS = 600_000;
const LOOPBACK = /^(localhost|127\.|\[?::1\]?$)/;

export interface OutgoingMail {
  from: string;
  to: string;
  message: Buffer;
}

/** One connection to the mail server, opened when it is needed and kept while all goes well. */
export class SmtpSession {
  private connection: SMTPConnection | undefined;
  private broken = Promise.withResolvers<never>();

  constructor(private readonly url: URL) {}

  /**
   * Sends one mail. `beforeLastLine` runs when the server has everything but the dot that ends the message; when it
   * rejects, the dot is never sent.
   */
  async send(mail: OutgoingMail, beforeLastLine: () => Promise<void>): Promise<Outcome> {
    const given = { whole: false };
    const timer = setTimeout(() => !given.whole && this.cut('The mail server took too long.'), PATIENCE_MS);
    try {
      const words = await this.deliver(mail, async () => {
        await beforeLastLine();
        given.whole = true;
      });
      if (!given.whole) throw new Error('The mail server answered before it had the whole message.');
      return { kind: 'sent', words };
    } catch (error) {
      this.close();
      return outcomeOf(error, given.whole);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Connects, encrypts and signs in as for a mail, and sends none. Throws with the server's words where it does not let us in. */
  async greet(): Promise<void> {
    try {
      await this.open();
    } finally {
      this.close();
    }
  }

  /** Ends the connection under whatever it is doing. */
  cut(why: string): void {
    this.broken.reject(new Error(why));
    this.close();
  }

  close(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  private async deliver({ from, to, message }: OutgoingMail, beforeEnd: () => Promise<void>): Promise<string> {
    const connection = this.connection ?? (await this.open());
    const stream = Readable.from(withEnd(message, beforeEnd));
    // The connection tells what went wrong; a stream that it destroys has nothing to add.
    stream.on('error', () => undefined);
    return this.unlessBroken((done, fail) =>
      connection.send({ from, to: [to], size: message.length }, stream, (error, info) =>
        error ? fail(error) : done(info?.response ?? ''),
      ),
    );
  }

  private async open(): Promise<SMTPConnection> {
    const { protocol, hostname, port, username, password } = this.url;
    const secure = protocol === 'smtps:';
    const connection = new SMTPConnection({
      host: hostname.replaceAll(/^\[|\]$/g, ''),
      port: port || (secure ? 465 : username ? 587 : 25),
      secure,
      // A password is given to nobody who could not prove who they are.
      requireTLS: !secure && username !== '' && !LOOPBACK.test(hostname),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: ANSWER_MS,
    });
    this.connection = connection;
    this.broken = Promise.withResolvers<never>();
    this.broken.promise.catch(() => undefined);
    const { reject } = this.broken;
    connection.on('error', reject);
    connection.on('end', () => {
      reject(new Error('The mail server closed the connection.'));
      if (this.connection === connection) this.connection = undefined;
    });
    await this.unlessBroken<void>((done, fail) => connection.connect((error) => (error ? fail(error) : done())));
    if (username)
      await this.unlessBroken<void>((done, fail) =>
        connection.login({ user: decodeURIComponent(username), pass: decodeURIComponent(password) }, (error) =>
          error ? fail(error) : done(),
        ),
      );
    return connection;
  }

  /** A step of the conversation: a connection that breaks answers no callback. */
  private unlessBroken<T>(step: (done: (value: T) => void, fail: (error: Error) => void) => void): Promise<T> {
    return Promise.race([new Promise<T>(step), this.broken.promise]);
  }
}

/** The stream's end makes the connection write the dot, so it waits for leave to end. */
async function* withEnd(message: Buffer, beforeEnd: () => Promise<void>): AsyncGenerator<Buffer> {
  yield message;
  await beforeEnd();
}
