import { AdapterFailure } from '@paddock/domain';
import { accessSync, constants } from 'node:fs';

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The Chromium that was configured, or the one that this machine has, or undefined: then texts are typeset.
 * @throws AdapterFailure when the configured one cannot be run: typesetting instead would hide a mistake.
 */
export function findChromium(configured: string | undefined): string | undefined {
  if (configured === undefined) return FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`)).find(isExecutable);
  if (!isExecutable(configured)) throw new AdapterFailure('Chromium', `${configured} is not a program that can be run`, false);
  return configured;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
