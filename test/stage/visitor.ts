/**
 * Somebody who uses a portal's API, signed in by cookie. Any answer but success throws: where tests look at refusals (their Person
 * gives every answer back), programs that only want the thing done end.
 */
export class Visitor {
  readonly portal: string;
  cookie = '';

  constructor(portal: string) {
    this.portal = portal;
  }

  async signIn(email: string, password: string): Promise<this> {
    await this.post('/session', { email, password });
    return this;
  }

  async token(scopes: string[]): Promise<string> {
    const { token } = await this.post<{ token: string }>('/tokens', { name: 'stage', scopes });
    return token;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path, {});
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#call<T>('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
  }

  /** Uploads a small file into a draft. */
  async upload(release: string, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { id } = await this.post<{ id: string }>(`${release}/uploads`, { path, size: bytes.length });
    await this.#call('PATCH', `${release}/uploads/${id}`, { 'content-type': 'application/octet-stream', 'upload-offset': '0' }, bytes);
  }

  /** Reads and accepts what the model's license asks; returns the grant. */
  async accept(model: string): Promise<string> {
    const { id, assent } = await this.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', { model });
    const attestations = Object.fromEntries(assent.attestations.map((attestation) => [attestation.id, true]));
    const { grant } = await this.post<{ grant: string }>('/acceptances', {
      presentation: id,
      typedName: 'Ada Lovelace',
      attestations,
      assented: true,
    });
    return grant;
  }

  async #call<T>(method: string, path: string, headers: Record<string, string>, body?: BodyInit): Promise<T> {
    const response = await fetch(`${this.portal}/api/v1${path}`, {
      method,
      ...(body !== undefined && { body }),
      headers: { ...headers, origin: this.portal, cookie: this.cookie },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
    return JSON.parse(text) as T;
  }
}
