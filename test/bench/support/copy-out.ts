import type { Client, Connection, Submittable } from 'pg';

/** `COPY … TO STDOUT` over pg: counts the bytes and keeps none. */
export class CopyOut implements Submittable {
  #bytes = 0;
  readonly #text: string;
  readonly #done: (bytes: number) => void;
  readonly #fail: (error: Error) => void;

  private constructor(text: string, done: (bytes: number) => void, fail: (error: Error) => void) {
    this.#text = text;
    this.#done = done;
    this.#fail = fail;
  }

  static bytesOf(client: Client, text: string): Promise<number> {
    return new Promise((done, fail) => void client.query(new CopyOut(text, done, fail)));
  }

  submit(connection: Connection): void {
    (connection as unknown as { query(text: string): void }).query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    this.#bytes += chunk.length;
  }

  handleCommandComplete(): void {
    // The end is ReadyForQuery.
  }

  handleReadyForQuery(): void {
    this.#done(this.#bytes);
  }

  handleError(error: Error): void {
    this.#fail(error);
  }
}
