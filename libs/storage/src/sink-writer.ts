import type { Writable } from 'node:stream';

/**
 * Writes blocks to a sink one after another and notices at once that no more can be sent: the signal aborted, or the
 * sink closed or failed. A sink's own write callbacks are not enough for that: those of a ServerResponse whose socket
 * is gone are never called.
 */
export class SinkWriter {
  /** Bytes whose write callback came back without an error. */
  taken = 0;
  #open: boolean;
  #settlePending: (() => void) | undefined;

  constructor(
    private readonly sink: Writable,
    private readonly signal: AbortSignal,
    private readonly onEnd: () => void = () => {},
  ) {
    this.#open = !signal.aborted && !sink.destroyed && !sink.closed && !sink.writableEnded;
    signal.addEventListener('abort', this.#end);
    sink.on('close', this.#end);
    sink.on('error', this.#end);
  }

  /** False once nothing more can be sent. */
  get open(): boolean {
    return this.#open;
  }

  /** Resolves when the sink has taken the block, or when nothing more can be sent. Never rejects. */
  write(block: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#open) return resolve();
      this.#settlePending = resolve;
      this.sink.write(block, (error) => {
        if (error) this.#end();
        else if (this.#open) this.taken += block.length;
        resolve();
      });
    });
  }

  /** Lets go of the sink and the signal. */
  release(): void {
    this.signal.removeEventListener('abort', this.#end);
    this.sink.off('close', this.#end);
    this.sink.off('error', this.#end);
  }

  readonly #end = (): void => {
    if (!this.#open) return;
    this.#open = false;
    this.#settlePending?.();
    this.onEnd();
  };
}
