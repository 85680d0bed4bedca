import {
  formatAddCheckpoint,
  formatSignature,
  parseNote,
  parseSignatures,
  sha256Hex,
  verifyCheckpoint,
  verifySignatures,
  type AddCheckpoint,
  type VerifiedCheckpoint,
  type VerifierKey,
} from '@paddock/ledger';
import type { LedgerWitness } from '../../ledger-settings.js';
import { beginningOf } from '../../http/beginning.js';
import type { GuardedFetch } from '../../http/guarded-fetch.js';

/** Room for 64 signature lines, and far more than a checkpoint takes. */
const LONGEST_ANSWER = 32 * 1024;
/** Clocks differ; a witness that speaks from further ahead says nothing about now. */
const AHEAD_S = 300n;

/** With the signatures as they were shown. */
export type ShownCheckpoint = VerifiedCheckpoint & { note: string };
export type WitnessAnswer = { cosignature: string } | { knows: bigint } | { reason: string };

/** Asks one witness by C2SP tlog-witness, and believes its key alone: whatever else it answers is a reason not to. */
export class WitnessClient {
  constructor(
    readonly witness: LedgerWitness,
    private readonly fetch: GuardedFetch,
  ) {}

  /** For its cosignature; or the size that it knows instead. Throws AdapterFailure when it does not answer. */
  async add(request: AddCheckpoint, now: Date): Promise<WitnessAnswer> {
    const { status, text } = await this.ask('POST', 'add-checkpoint', formatAddCheckpoint(request));
    if (status === 409) return /^(0|[1-9]\d{0,17})\n$/.test(text) ? { knows: BigInt(text.trim()) } : { reason: 'its 409 names no size' };
    if (status !== 200) return { reason: `it answered ${status}` };
    try {
      return this.believed(request.checkpoint, text, now);
    } catch (error) {
      return { reason: (error as Error).message };
    }
  }

  /** The newest checkpoint of the log that it has cosigned, proved by the log's keys; undefined where it shows none that is. */
  async newest(origin: string, keys: readonly VerifierKey[]): Promise<ShownCheckpoint | undefined> {
    const { status, text } = await this.ask('GET', `${sha256Hex(origin)}/checkpoint`);
    if (status !== 200) return undefined;
    const checkpoint = verifyCheckpoint(text, keys);
    return checkpoint.origin === origin ? { ...checkpoint, note: text } : undefined;
  }

  private believed(checkpoint: string, answer: string, now: Date): WitnessAnswer {
    const { text } = parseNote(checkpoint);
    for (const signature of parseSignatures(answer)) {
      const [proved] = verifySignatures({ text, signatures: [signature] }, [this.witness.vkey]);
      if (proved?.timestamp === undefined) continue;
      if (proved.timestamp > BigInt(Math.floor(now.getTime() / 1000)) + AHEAD_S) return { reason: 'its time lies ahead' };
      return { cosignature: formatSignature(signature) };
    }
    return { reason: 'no line is signed by its key' };
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: string): Promise<{ status: number; text: string }> {
    const response = await this.fetch(`${this.witness.url}/${path}`, { method, ...(body !== undefined && { body }) });
    const bytes = response.body ? await beginningOf(response.body, LONGEST_ANSWER) : Buffer.alloc(0);
    return { status: response.status, text: bytes.toString('utf8') };
  }
}
