import type { DownloadProgress } from '@paddock/contracts';
import { useEffect, useRef, useState } from 'react';
import type { Wire } from '../../../../api/wire.js';

export type FileProgress = Wire<typeof DownloadProgress>['items'][number] & {
  /** Bytes a second since the event before; null where that is not known. */
  rate: number | null;
};

/** The page is drawn first; watching begins once it has settled. */
const BEGIN_AFTER_MS = 1500;

/** One's own downloads of a grant as they come, by server-sent events. The browser asks again by itself when the stream ends. */
export function useProgress(grant: string): readonly FileProgress[] {
  const [files, setFiles] = useState<readonly FileProgress[]>([]);
  const before = useRef(new Map<string, { bytes: number; at: number }>());
  useEffect(() => {
    let source: EventSource | undefined;
    const begin = setTimeout(() => {
      source = new EventSource(`/api/v1/grants/${grant}/progress`);
      source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
        const { items } = JSON.parse(data) as Wire<typeof DownloadProgress>;
        const at = performance.now();
        setFiles(items.map((file) => ({ ...file, rate: file.state === 'running' ? rateOf(file, before.current, at) : null })));
      });
    }, BEGIN_AFTER_MS);
    return () => {
      clearTimeout(begin);
      source?.close();
    };
  }, [grant]);
  return files;
}

function rateOf(
  { release, path, bytes }: { release: string; path: string; bytes: number | null },
  before: Map<string, { bytes: number; at: number }>,
  at: number,
) {
  const key = `${release} ${path}`;
  const last = before.get(key);
  before.set(key, { bytes: bytes ?? 0, at });
  return last && bytes !== null && bytes > last.bytes ? ((bytes - last.bytes) / (at - last.at)) * 1000 : null;
}
