import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const smallDiskRemedy = 'run as root where file systems may be mounted';

/** Programs that it needs, as `describeWithPeer` asks; one that is nowhere where nothing may be mounted. */
export function smallDiskPrograms(): string[] {
  const probe = mkdtempSync(join(tmpdir(), 'paddock-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0;
  if (mounted) execFileSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return mounted ? ['mount', 'umount'] : ['mount (of a tmpfs)'];
}

/** A file system of its own that holds so many mebibytes. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'paddock-disk-'));
  private readonly ballast = join(this.folder, 'ballast');

  constructor(mebibytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0755`, 'tmpfs', this.folder]);
  }

  get free(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Leaves about so many bytes. */
  fill(left: number): void {
    const file = openSync(this.ballast, 'a');
    const block = Buffer.alloc(64 * 1024);
    try {
      while (this.free > left) writeSync(file, block, 0, Math.min(block.length, this.free - left));
    } finally {
      closeSync(file);
    }
  }

  makeRoom(): void {
    rmSync(this.ballast, { force: true });
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}
