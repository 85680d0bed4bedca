import { Readable } from 'node:stream';
import type { TextRow } from './snapshot-reader.js';

export type ExportOutcome = 'complete' | 'broken-off' | 'role-ended' | 'stalled' | 'stopped' | 'failed';

/** Asked twice a second: no decision outlives its end by more than one. */
const ASK_AGAIN_MS = 500;
/** A client that takes nothing for so long keeps the snapshot, and with it the whole database, from being tidied. */
const STALLED_MS = 60_000;

/** Of every kind the first column. */
const ID = 0;

/** One export on its way: counts what is handed on, and is cut when its reader may no longer read, or does not. */
export class RunningExport {
  rows = 0;
  first: string | undefined;
  last: string | undefined;
  private cutFor: ExportOutcome | undefined;
  private takenAt = performance.now();

  constructor(
    private readonly stillStands: () => Promise<boolean>,
    private readonly closing: AbortSignal,
  ) {}

  /** Counts rows before they are encoded: what may have been disclosed, never less. */
  async *counted(batches: AsyncIterable<TextRow[]>): AsyncGenerator<TextRow[]> {
    for await (const rows of batches) {
      this.rows += rows.length;
      this.first ??= rows[0]?.[ID] ?? undefined;
      this.last = rows.at(-1)?.[ID] ?? undefined;
      yield rows;
    }
  }

  /** `ended` is called once, however the export ends. */
  stream(parts: AsyncIterable<string | Uint8Array>, ended: (outcome: ExportOutcome) => Promise<void>): Readable {
    const stream = Readable.from(this.watched(parts, ended), { objectMode: true });
    const watch = setInterval(() => void this.look(stream), ASK_AGAIN_MS);
    stream.once('close', () => clearInterval(watch));
    return stream;
  }

  private async *watched(
    parts: AsyncIterable<string | Uint8Array>,
    ended: (outcome: ExportOutcome) => Promise<void>,
  ): AsyncGenerator<string | Uint8Array> {
    let outcome: ExportOutcome = 'broken-off';
    try {
      for await (const part of parts) {
        this.takenAt = performance.now();
        yield part;
      }
      outcome = 'complete';
    } catch (error) {
      outcome = 'failed';
      throw error;
    } finally {
      await ended(this.cutFor ?? outcome);
    }
  }

  private async look(stream: Readable): Promise<void> {
    const reason = await this.reasonToCut();
    if (reason === undefined || stream.destroyed) return;
    this.cutFor = reason;
    stream.destroy(new Error(`the export was cut: ${reason}`));
  }

  private async reasonToCut(): Promise<ExportOutcome | undefined> {
    if (this.closing.aborted) return 'stopped';
    if (performance.now() - this.takenAt > STALLED_MS) return 'stalled';
    try {
      return (await this.stillStands()) ? undefined : 'role-ended';
    } catch {
      // A database that does not answer has not said yes.
      return 'failed';
    }
  }
}
