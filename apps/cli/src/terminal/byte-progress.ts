import cliProgress from 'cli-progress';

export interface ByteProgress {
  /** Bytes done; negative when a broken connection took some back. */
  add(bytes: number): void;
  /** A line of text above the bar, or on its own where there is no terminal. */
  note(line: string): void;
  stop(): void;
}

/** A bar with bytes, rate and time left on a terminal; elsewhere (logs, pipes) only the notes, as plain lines. */
export function startProgress(totalBytes: number, stream: NodeJS.WriteStream = process.stderr): ByteProgress {
  return stream.isTTY ? bar(totalBytes, stream) : plainLines(stream);
}

/** Such as `1.30 GB`: decimal units, as disks and networks count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`;
}

function bar(totalBytes: number, stream: NodeJS.WriteStream): ByteProgress {
  const started = performance.now();
  const view = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 200,
    format: (options, params) => {
      const rate = (params.value / (performance.now() - started)) * 1000;
      const drawn = cliProgress.Format.BarFormat(params.progress, { ...options, barsize: 30 });
      const left = Number.isFinite(rate) && rate > 0 ? `${Math.ceil((params.total - params.value) / rate)} s left` : '';
      return `${drawn} ${formatBytes(params.value)} of ${formatBytes(params.total)}  ${formatBytes(rate)}/s  ${left}`;
    },
  });
  view.start(totalBytes, 0);
  let done = 0;
  return {
    add: (bytes) => view.update((done += bytes)),
    note: (line) => {
      stream.write(`\r\u001b[K${line}\n`);
    },
    stop: () => view.stop(),
  };
}

function plainLines(stream: NodeJS.WriteStream): ByteProgress {
  return {
    add: () => {},
    note: (line) => {
      stream.write(`${line}\n`);
    },
    stop: () => {},
  };
}
