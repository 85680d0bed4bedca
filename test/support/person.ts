import { OPERATIONS } from '@paddock/contracts';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface LinkManifest {
  link: string;
  expiresAt: string;
  artifacts: { path: string; size: number; sha256: string; url: string }[];
  script: string;
  aria2: string;
  metalink: string;
  torrent: string | null;
}

export const PASSWORD = 'a-long-enough-password';

/** Somebody who uses the portal over HTTP, with a browser's cookie or an access token. */
export class Person {
  /** What the portal has set, by name; tests steal and forget cookies here. */
  readonly cookies = new Map<string, string>();
  token: string | undefined;

  constructor(readonly portal: string) {}

  async signUp(email: string, name: string): Promise<this> {
    await this.post('/accounts', { email, password: PASSWORD, name });
    return this.signIn(email, PASSWORD);
  }

  async signIn(email: string, password: string): Promise<this> {
    const answer = await this.post('/session', { email, password });
    if (answer.status !== 201) throw new Error(`cannot sign in: ${answer.text}`);
    return this;
  }

  /** The same browser at another address of the portal. */
  at(url: string): Person {
    const other = new Person(url);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  /** The same account by access token instead of cookie. */
  async withToken(scopes: string[]): Promise<Person> {
    const { body } = await this.post<{ token: string }>('/tokens', { name: 'test', scopes });
    const other = new Person(this.portal);
    other.token = body.token;
    return other;
  }

  get<T = Record<string, unknown>>(path: string, options: CallOptions = {}): Promise<Answer<T>> {
    return this.call<T>('GET', path, options);
  }

  post<T = Record<string, unknown>>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call<T>('POST', path, { body, headers });
  }

  /** `path` is below /api/v1; a body that is text or bytes is sent as it stands. */
  async call<T>(method: string, path: string, { body, headers = {} }: CallOptions): Promise<Answer<T>> {
    const response = await fetch(`${this.portal}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && !this.token && { origin: this.portal }),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
      }),
    });
    keepCookies(this.cookies, response);
    const text = await response.text();
    if (response.ok) expectDescribedAnswer(method, path, response, text);
    return { status: response.status, headers: response.headers, body: parsed(text) as T, text };
  }

  /** From nothing to an active grant of the demo model that admits by application. */
  async obtainGrant(admin: Person, model = 'demo-llama'): Promise<string> {
    const licensee = { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' };
    const request = await this.post<{ id: string }>('/access-requests', { model, licensee, answers: {} });
    await this.post(`/access-requests/${request.body.id}/submit`);
    await admin.post(`/access-requests/${request.body.id}/approve`);
    return this.accept(model);
  }

  /** Reads and accepts what the model's license asks; returns the grant. */
  async accept(model: string): Promise<string> {
    const presentation = await this.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', { model });
    const attestations = Object.fromEntries(presentation.body.assent.attestations.map(({ id }) => [id, true]));
    const acceptance = await this.post<{ grant: string }>('/acceptances', {
      presentation: presentation.body.id,
      typedName: 'Ada Lovelace',
      attestations,
      assented: true,
    });
    if (acceptance.status !== 201) throw new Error(`cannot accept: ${acceptance.text}`);
    return acceptance.body.grant;
  }

  async links(grant: string, options: Record<string, unknown> = {}): Promise<LinkManifest> {
    const answer = await this.post<LinkManifest>(`/grants/${grant}/links`, { release: 'tiny-f32', ...options });
    if (answer.status !== 201) throw new Error(`no links: ${answer.text}`);
    return answer.body;
  }
}

/** As a browser does it, as far as these tests need: a cookie that expires at once is one that is taken away. */
export function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    if (value === '' || Date.parse(/; Expires=([^;]+)/i.exec(line)?.[1] ?? '9999-12-31') <= Date.now()) cookies.delete(name!);
    else cookies.set(name!, value!);
  }
}

/** Every answer that a test gets is held against the schema that openapi.json is printed from. */
function expectDescribedAnswer(method: string, path: string, response: Response, text: string): void {
  const address = `/api/v1${path.split('?')[0]}`;
  const described = OPERATIONS.filter((operation) => operation.method === method.toLowerCase() && templateOf(operation.path).test(address));
  const operation = described.sort((a, b) => parametersIn(a.path) - parametersIn(b.path))[0];
  if (!operation) throw new Error(`${method} ${address} is not described`);
  expect(response.status).toBe(operation.status);
  if (operation.answer && response.headers.get('content-type')?.includes('application/json')) operation.answer.parse(JSON.parse(text));
}

const parametersIn = (path: string) => path.split('{').length;

function templateOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
