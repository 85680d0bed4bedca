import { Person } from '../support/person.js';
import { sha256 } from '../support/publication.js';
import type { Operation } from './history.js';

/** Whoever waits longer for an answer has none. */
const PATIENCE_MS = 30_000;
/** Of one client's round: what many do often, and a newcomer with everything that binds. */
const ROUND = ['browse', 'download', 'announce', 'link', 'audit', 'browse', 'download', 'announce', 'newcomer'] as const;

export interface LoadOptions {
  url: string;
  /** Of a model that admits by assent, with one file in its release `r1`. */
  model: string;
  bytes: Buffer;
  infoHash: string;
  clients: number;
  admin: Person;
  /** How the addresses of its people begin. */
  people: string;
}

/** Clients that do what people and their programs do, one thing after the other, and write down what they were answered. */
export class Load {
  readonly history: Operation[] = [];
  readonly #options: LoadOptions;
  #running: Promise<unknown> = Promise.resolve();
  #going = false;
  #people = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  start(): void {
    this.#going = true;
    this.#running = Promise.all(Array.from({ length: this.#options.clients }, () => this.#client()));
  }

  /** Resolves when the last answer has come. */
  async stop(): Promise<void> {
    this.#going = false;
    await this.#running;
  }

  async #client(): Promise<void> {
    let reader: Reader | undefined;
    while (this.#going) {
      // Somebody who could not get in for an upset tries again as somebody else.
      reader ??= await this.#joined();
      for (const act of ROUND) if (this.#going && reader) await this.#act(act, reader);
    }
  }

  async #act(act: (typeof ROUND)[number], reader: Reader): Promise<unknown> {
    const { url, model, admin } = this.#options;
    if (act === 'browse') return this.#write('catalog', () => reader.person.get(`/models/${model}`));
    if (act === 'audit') return this.#write('audit', () => admin.get('/audit/acceptances?limit=20'));
    if (act === 'link') return this.#link(reader);
    if (act === 'download') return this.#download(reader);
    if (act === 'announce') return this.#write('announce', () => fetched(`${url}/announce/${reader.passkey}?${reader.announce}`));
    return this.#newcomer();
  }

  /** Everything from the account to the revocation; what is done afterwards must be refused. */
  async #newcomer(): Promise<void> {
    const one = await this.#joined();
    if (!one) return;
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const draft = await this.#write('catalog', () => one.person.post('/access-requests', { model: 'demo-llama', licensee, answers: {} }));
    const request = draft?.body?.['id'] as string | undefined;
    if (request) await this.#write('request', () => one.person.post(`/access-requests/${request}/submit`), { id: request });
    await this.#download(one);
    const revoked = await this.#write(
      'revocation',
      () => this.#options.admin.post(`/grants/${one.grant}/revoke`, { reason: 'The soak asks for it.' }),
      { id: one.grant },
    );
    if (revoked?.status !== 200) return;
    await this.#link(one);
    await new Promise((done) => setTimeout(done, 1050));
    await this.#download(one);
  }

  async #joined(): Promise<Reader | undefined> {
    const person = new Person(this.#options.url);
    const email = `${this.#options.people}-${(this.#people += 1)}@example.org`;
    const name = 'Ada Lovelace';
    const password = 'a-long-enough-password';
    await this.#write('sign-up', () => person.post('/accounts', { email, password, name }));
    const session = await this.#write('sign-up', () => person.post('/session', { email, password }));
    if (session?.status !== 201) return undefined;
    const { model } = this.#options;
    const presentation = await this.#write('catalog', () => person.post('/presentations', { model }));
    if (presentation?.status !== 201) return undefined;
    const { id, assent } = presentation.body as { id: string; assent: { attestations: { id: string }[] } };
    const attestations = Object.fromEntries(assent.attestations.map((one) => [one.id, true]));
    const accepted = await this.#write('acceptance', () =>
      person.post('/acceptances', { presentation: id, typedName: name, attestations, assented: true }),
    );
    if (accepted?.status !== 201) return undefined;
    const reader = { person, grant: accepted.body!['grant'] as string, announce: this.#announceOf(), passkey: '', file: '' };
    const torrent = await this.#link(reader, 'torrent');
    const file = await this.#link(reader);
    if (!torrent || !file) return undefined;
    reader.passkey = new URL(torrent).pathname.split('/')[2]!;
    return { ...reader, file };
  }

  #announceOf(): string {
    return `info_hash=${this.#options.infoHash}&port=${7000 + this.#people}&left=1&peer_id=-SO0001-${String(this.#people).padStart(12, '0')}`;
  }

  /** The address of the release's file. */
  async #link({ person, grant }: Pick<Reader, 'person' | 'grant'>, channel = 'link'): Promise<string | undefined> {
    const answer = await this.#write('link', () => person.post(`/grants/${grant}/links`, { release: 'r1', channel }), { grant });
    if (answer?.status !== 201) return undefined;
    return (answer.body as { artifacts: { url: string }[] }).artifacts[0]!.url;
  }

  async #download({ file, grant }: Reader): Promise<void> {
    const { bytes } = this.#options;
    await this.#write(
      'download',
      () => fetched(file),
      { grant },
      ({ body }) => (Buffer.isBuffer(body) && sha256(body) === sha256(bytes) ? undefined : 'other bytes than were published'),
    );
  }

  async #write<Body>(
    what: Operation['what'],
    ask: () => Promise<Answered<Body>>,
    known: Partial<Operation> = {},
    wrong?: (answer: Answered<Body>) => string | undefined,
  ): Promise<Answered<Body> | undefined> {
    const began = Date.now();
    let broke: unknown;
    const answer = await withPatience(ask()).catch((error: unknown) => void (broke = error));
    const ok = answer !== undefined && answer.status < 300;
    const named = ok ? idIn(what, answer.body) : undefined;
    const amiss = ok ? wrong?.(answer) : undefined;
    this.history.push({
      what,
      began,
      ended: Date.now(),
      status: answer?.status,
      ...known,
      ...(!ok && { said: answer ? told(answer.body) : String(broke) }),
      ...(named !== undefined && { id: named }),
      ...(amiss !== undefined && { wrong: amiss }),
    });
    return answer;
  }
}

interface Reader {
  person: Person;
  grant: string;
  /** The query of its announces. */
  announce: string;
  passkey: string;
  file: string;
}

interface Answered<Body = unknown> {
  status: number;
  body: Body;
}

/** A problem document, or whatever else it was. */
function told(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString('utf8', 0, 500) : JSON.stringify(body);
}

function idIn(what: Operation['what'], body: unknown): string | undefined {
  const { id, link } = body as { id?: string; link?: string };
  return what === 'acceptance' ? id : what === 'link' ? link : undefined;
}

/** Wherever it leads, to the last byte. */
async function fetched(url: string): Promise<Answered<Buffer>> {
  const answer = await fetch(url);
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}

function withPatience<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer')), PATIENCE_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
