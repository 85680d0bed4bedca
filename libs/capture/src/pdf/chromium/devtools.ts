import type { Readable, Writable } from 'node:stream';

type Params = Record<string, unknown>;
interface Message {
  id?: number;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
}

/** The DevTools protocol over Chromium's pipe: JSON messages, each ended by a zero byte. */
export class DevTools {
  readonly #write: Writable;
  readonly #waiting = new Map<number, { resolve(result: Params): void; reject(error: Error): void }>();
  readonly #listeners = new Map<string, (params: Params) => void>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(write: Writable, read: Readable) {
    this.#write = write;
    let pending = '';
    read.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (pending + chunk).split('\0');
      pending = messages.pop()!;
      for (const message of messages) this.#receive(JSON.parse(message) as Message);
    });
    write.on('error', (error) => this.end(error));
    read.on('error', (error) => this.end(error));
  }

  /** @throws when Chromium refuses the command, or ends before it answers. */
  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<Params>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { resolve, reject });
    this.#write.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return promise;
  }

  on(event: string, listener: (params: Params) => void): void {
    this.#listeners.set(event, listener);
  }

  /** All that waits, and all that comes, is refused with this error. */
  end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  #receive({ id, method, params = {}, result = {}, error }: Message): void {
    if (id === undefined) return this.#listeners.get(method ?? '')?.(params);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}
