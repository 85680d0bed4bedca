import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * A suite against software that this project did not write. Where one of its commands is missing the suite is reported
 * as SKIPPED with the reason and the remedy; on CI, which installs them all, it fails instead.
 */
export function describeWithPeer(peer: string, commands: readonly string[], remedy: string, suite: () => void): void {
  const missing = commands.filter((command) => !onPath(command));
  if (missing.length === 0) {
    describe(peer, suite);
    return;
  }
  const title = `SKIPPED ${peer}: ${missing.join(', ')} not on PATH; ${remedy}`;
  if (process.env['CI'] !== 'true') {
    describe.skip(title, suite);
    return;
  }
  test(title, () => {
    throw new Error(title);
  });
}

export function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
