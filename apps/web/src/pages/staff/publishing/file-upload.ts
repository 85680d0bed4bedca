import type { Problem, Upload } from '@paddock/contracts';
import { call, OFFLINE, Refused } from '../../../api/client.js';

export type UploadStep =
  | { at: 'waiting' }
  | { at: 'sending'; sent: number }
  | { at: 'lost'; sent: number; retryAt: number }
  | { at: 'done'; sha256: string }
  | { at: 'refused'; problem: Problem };

/** What sends bytes, and says how many have left. Throws Refused; `offline` where the connection was lost. */
export type Send = (url: string, offset: number, body: Blob, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<Upload>;

interface UploadWay {
  send: Send;
  /** Waits, or returns sooner where somebody does not want to. */
  pause: (ms: number) => Promise<void>;
  now: () => number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Sends one file, however often the connection is lost: the portal says how much it has, and the rest is sent from there.
 * A refusal ends it; what can be mended by waiting does not.
 */
export async function uploadFile(
  release: string,
  file: { path: string; access: 'gated' | 'public'; blob: Blob; releaseSize: number },
  { send, pause, now }: UploadWay,
  onStep: (step: UploadStep) => void,
  signal: AbortSignal,
): Promise<void> {
  const { path, access, blob, releaseSize } = file;
  let sent = 0;
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      // Opening an upload again finds the one that was begun.
      const found = await call<Upload>('POST', `${release}/uploads`, { body: { path, size: blob.size, access, releaseSize }, signal });
      if (found.state === 'complete') return onStep({ at: 'done', sha256: found.sha256! });
      sent = found.offset;
      onStep({ at: 'sending', sent });
      const rest = blob.slice(sent);
      const told = (bytes: number) => {
        if (bytes > 0) wait = FIRST_WAIT_MS;
        onStep({ at: 'sending', sent: found.offset + bytes });
      };
      const ended = await send(`/api/v1${release}/uploads/${found.id}`, sent, rest, told, signal);
      if (ended.state === 'complete') return onStep({ at: 'done', sha256: ended.sha256! });
    } catch (error) {
      if (signal.aborted) return;
      const problem = error instanceof Refused ? error.problem : OFFLINE;
      if (!canWait(problem)) return onStep({ at: 'refused', problem });
      onStep({ at: 'lost', sent, retryAt: now() + wait });
      await pause(wait);
    }
  }
}

/** Another one may still be under way from a connection that has not been missed yet. */
const canWait = ({ status, code }: Problem) => status >= 500 || status === 429 || code === 'upload-offset';
