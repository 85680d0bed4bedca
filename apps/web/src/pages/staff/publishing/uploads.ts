import { useSyncExternalStore } from 'react';
import { queries } from '../../../api/hooks.js';
import { sizeOf } from '../../../elements/sizes.js';
import { uploadFile, type UploadStep } from './file-upload.js';
import { sendByXhr } from './sending.js';

export interface QueuedFile {
  /** Within the release. */
  path: string;
  access: 'gated' | 'public';
  blob: Blob;
  step: UploadStep;
}

interface Queue {
  files: readonly QueuedFile[];
  running: boolean;
}

const EMPTY: Queue = { files: [], running: false };

/** Files on their way, by release. They go on while one looks at other pages of the portal. */
const queues = new Map<string, Queue>();
const listeners = new Set<() => void>();
let goOn: () => void = () => undefined;

export const useUploads = (release: string): Queue => useSyncExternalStore(subscribe, () => queues.get(release) ?? EMPTY);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(release: string, change: Partial<Queue>): void {
  queues.set(release, { ...(queues.get(release) ?? EMPTY), ...change });
  for (const listener of listeners) listener();
}

const filesOf = (release: string) => queues.get(release)?.files ?? [];

/** A file of the same path takes the place of the one chosen before, unless that one is on its way. */
export function choose(release: string, chosen: readonly Omit<QueuedFile, 'step'>[]): void {
  const busy = new Set(filesOf(release).flatMap(({ path, step }) => (step.at === 'sending' || step.at === 'lost' ? [path] : [])));
  const added = chosen.filter(({ path }) => !busy.has(path)).map((file) => ({ ...file, step: { at: 'waiting' } as const }));
  const paths = new Set(added.map(({ path }) => path));
  set(release, { files: [...filesOf(release).filter(({ path }) => !paths.has(path)), ...added] });
}

export function change(release: string, path: string, change: Partial<QueuedFile>): void {
  set(release, { files: filesOf(release).map((file) => (file.path === path ? { ...file, ...change } : file)) });
}

export const takeAway = (release: string, path: string) => set(release, { files: filesOf(release).filter((file) => file.path !== path) });

/** Ends the wait after a lost connection. */
export const tryNow = () => goOn();

const pause = (ms: number) =>
  new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    goOn = () => {
      clearTimeout(timer);
      done();
    };
    addEventListener('online', goOn, { once: true });
  });

/** Sends what waits, one file after the other. `address` is the release's, below /api/v1. */
export async function start(address: string): Promise<void> {
  if (queues.get(address)?.running) return;
  set(address, { running: true });
  try {
    for (let next = waiting(address); next; next = waiting(address)) {
      const { path, access, blob } = next;
      const releaseSize = sizeOf(filesOf(address).map((file) => file.blob));
      const way = { send: sendByXhr, pause, now: () => Date.now() };
      const onStep = (step: UploadStep) => change(address, path, { step });
      await uploadFile(address, { path, access, blob, releaseSize }, way, onStep, new AbortController().signal);
      await queries.invalidateQueries({ predicate: ({ queryKey: [key] }) => String(key).startsWith(address) });
    }
  } finally {
    set(address, { running: false });
  }
}

const waiting = (release: string) => filesOf(release).find(({ step }) => step.at === 'waiting');

addEventListener('beforeunload', (event) => {
  if ([...queues.values()].some(({ running }) => running)) event.preventDefault();
});
