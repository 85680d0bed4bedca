import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Rootfs {
  /** A Debian suite: of packages that its stable release does not have yet, a later one. */
  suite: string;
  packages: readonly string[];
  /** What an image has no use for. */
  without: readonly string[];
}

/** Nobody reads these in a container. */
const NEVER_READ = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*', '/usr/share/zoneinfo/*', '/usr/share/info/*'];

/** What mmdebstrap copies from the machine that builds: each container gets its own, and no two machines would build the same. */
const MACHINE = 'rm -f "$1/etc/resolv.conf" "$1/etc/hostname"';

/** A trust store without the shell script that Debian makes it with: the bundle is its certificates, one after another. */
const CERTIFICATES =
  'mkdir -p "$1/etc/ssl/certs" && cat "$1"/usr/share/ca-certificates/mozilla/*.crt > "$1/etc/ssl/certs/ca-certificates.crt"';

/** Nothing is configured, so dpkg knows of nothing: what was unpacked is written into its status, where scanners of images look. */
const STATUS =
  'for deb in "$1"/var/cache/apt/archives/*.deb; do dpkg-deb --field "$deb"; echo "Status: install ok installed"; echo; done > "$1/var/lib/dpkg/status"';

/**
 * Writes the root file system of some packages and what they need as a tar, the same bytes for the same packages: no
 * maintainer script runs, and every time is `epoch`. Needs mmdebstrap and root.
 */
export async function writeRootfs({ suite, packages, without }: Rootfs, epoch: number, file: string): Promise<void> {
  const options = [
    '--variant=extract',
    '--mode=root',
    '--skip=output/dev',
    '--quiet',
    '--aptopt=APT::Install-Recommends "false"',
    // The index of a development suite may be a frozen copy; its signature is checked all the same.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    ...[...NEVER_READ, ...without].map((path) => `--dpkgopt=path-exclude=${path}`),
    `--include=${packages.join(',')}`,
    `--extract-hook=${STATUS}`,
    `--extract-hook=${MACHINE}`,
    ...(packages.includes('ca-certificates') ? [`--extract-hook=${CERTIFICATES}`] : []),
  ];
  await run('mmdebstrap', [...options, suite, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** What dpkg's status file in such a tar says; `debianPackages` reads it. */
export async function statusOf(rootfs: string): Promise<string> {
  return (await run('tar', ['--extract', '--to-stdout', '--file', rootfs, './var/lib/dpkg/status'], { maxBuffer: 1 << 26 })).stdout;
}
