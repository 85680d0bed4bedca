import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Peer {
  name: string;
  /** Programs that are not on this machine. */
  missing: string[];
}

/** Tells which of the programs that a real peer needs are not installed. */
export function peer(name: string, programs: string[]): Peer {
  return { name, missing: programs.filter((program) => !isInstalled(program)) };
}

/**
 * A suite against a real peer. Where the peer is not installed the suite is skipped, and its title says why and what to
 * do about it; in CI (`CI=true`) a peer that is not there is a failure.
 */
export function describeWithPeer(name: string, programs: string[], remedy: string, suite: () => void): void {
  const { missing } = peer(name, programs);
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const reason = `${name}: not installed: ${missing.join(', ')}; remedy: ${remedy}`;
  if (process.env['CI'] === 'true') {
    it(`needs ${name}`, () => {
      throw new Error(`CI must not skip this. ${reason}`);
    });
  } else {
    // Jest does not print the titles of a file that is skipped as a whole.
    process.stderr.write(`SKIPPED ${reason}\n`);
    describe.skip(`SKIPPED ${reason}`, () => it.todo('runs with the peer'));
  }
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
