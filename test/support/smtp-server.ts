import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  messageId: string;
  from: string;
  to: string[];
  source: string;
}

/** Where a conversation goes wrong. The first five happen on the wire, before or behind the server's back. */
export type Fault =
  | 'drop-at-ehlo'
  | 'drop-at-starttls'
  | 'data-451'
  | 'drop-in-message'
  | 'drop-after-dot'
  | 'silent-after-dot'
  | 'bad-certificate'
  | 'slow'
  | 'auth-535'
  | 'mail-451'
  | 'mail-550'
  | 'rcpt-451'
  | 'rcpt-550'
  | 'message-451'
  | 'message-554';

const USER = 'portal';
const PASSWORD = 'p@ss word';
const DOT = '\r\n.\r\n';

/** A real SMTP server, behind a wire that can be cut at every stage. */
export class TestSmtpServer {
  readonly received: ReceivedMail[] = [];
  fault: Fault | undefined;
  /** Connections that were opened. */
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private wire: Server | undefined;
  private port = 0;

  private constructor(private readonly server: SMTPServer) {}

  static async start(options: SMTPServerOptions = {}): Promise<TestSmtpServer> {
    let self: TestSmtpServer | undefined = undefined;
    const fails = (stage: string) => refusal(self?.fault, stage);
    const server = new SMTPServer({
      allowInsecureAuth: true,
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onConnect(session, done) {
        if (self?.fault !== 'drop-at-starttls' && self?.fault !== 'bad-certificate') session.disabledCommands = ['STARTTLS'];
        done();
      },
      onAuth({ username, password }, _session, done) {
        const known = username === USER && password === PASSWORD && self?.fault !== 'auth-535';
        if (known) done(null, { user: USER });
        else done(new Error('Authentication credentials invalid'));
      },
      onMailFrom: (_address, _session, done) => done(fails('mail')),
      onRcptTo: (_address, _session, done) => done(fails('rcpt')),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const error = fails('message');
          if (!error) self?.take(Buffer.concat(chunks).toString(), session.envelope);
          done(error);
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    self = new TestSmtpServer(server);
    await self.up();
    return self;
  }

  get url(): string {
    return `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}`;
  }

  /** Of mail to this address. */
  to(address: string): ReceivedMail[] {
    return this.received.filter(({ to }) => to.includes(address));
  }

  /** Takes connections, again at the same port. */
  async up(): Promise<void> {
    this.wire = createServer({ allowHalfOpen: false }, (client) => this.join(client)).listen(this.port, '127.0.0.1');
    await once(this.wire, 'listening');
    this.port = (this.wire.address() as AddressInfo).port;
  }

  /** Refuses connections and cuts those that there are. */
  async down(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const wire = this.wire?.close();
    this.wire = undefined;
    if (wire) await once(wire, 'close');
  }

  async stop(): Promise<void> {
    if (this.wire) await this.down();
    await new Promise<void>((done) => this.server.close(done));
  }

  private take(source: string, { mailFrom, rcptTo }: { mailFrom: { address: string } | false; rcptTo: { address: string }[] }): void {
    const messageId = /^Message-ID: *(\S+)/im.exec(source)?.[1] ?? '';
    this.received.push({ messageId, source, from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) });
  }

  /** One connection from the portal, one to the server, and between them whatever is to go wrong. */
  private join(client: Socket): void {
    this.connections += 1;
    const server = connect((this.server.server.address() as AddressInfo).port, '127.0.0.1');
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    let inMessage = false;
    let muted = false;
    let tail = '';
    const cut = () => client.destroy();
    client.on('data', async (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      if (this.fault === 'slow') await setTimeout(20);
      if (this.fault === 'drop-at-ehlo' && /^EHLO/i.test(text)) return cut();
      if (this.fault === 'drop-at-starttls' && /^STARTTLS/i.test(text)) return cut();
      tail = (tail + text).slice(-DOT.length);
      // The server takes the mail, and its answer gets lost.
      if (inMessage && tail === DOT && this.fault?.endsWith('-after-dot')) muted = true;
      server.write(chunk);
    });
    server.on('data', async (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      if (this.fault === 'slow') await setTimeout(100);
      if (muted) return this.fault === 'drop-after-dot' ? cut() : undefined;
      if (/^354 /m.test(text)) {
        inMessage = true;
        if (this.fault === 'data-451') return void client.end(text.replace(/^354 .*\r\n/m, '451 4.3.0 Not now\r\n'));
        // The end comes with the leave to send: however busy this process is, the sender knows it before its last line.
        if (this.fault === 'drop-in-message') return void client.end(chunk);
      } else inMessage = false;
      client.write(chunk);
    });
  }
}

function refusal(fault: Fault | undefined, stage: string): Error | null {
  if (!fault?.startsWith(`${stage}-`)) return null;
  return Object.assign(new Error(`no, says the ${stage} stage`), { responseCode: Number(fault.slice(-3)) });
}

/** The parts of a message by media type, as their reader sees them. */
export function partsOf(source: string): Record<string, string> {
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1];
  const parts = boundary ? source.split(`--${boundary}`).slice(1, -1) : [];
  return Object.fromEntries(
    parts.map((part) => {
      const split = part.indexOf('\r\n\r\n');
      const [head, body] = [part.slice(0, split), part.slice(split + 4)];
      const encoding = /Content-Transfer-Encoding: *(\S+)/i.exec(head)?.[1]?.toLowerCase();
      const type = /Content-Type: *([\w/]+)/i.exec(head)?.[1] ?? '';
      return [type, decoded(body, encoding).trim()];
    }),
  );
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
