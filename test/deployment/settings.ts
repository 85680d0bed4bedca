import { environment, SECRETS } from '../../apps/server/src/config.js';

/** What the server takes as a setting: a variable, or the file that holds a secret one. */
const KNOWN = new Set([...Object.keys(environment.shape), ...SECRETS.map((name) => `${name}_FILE`)]);

/** Of some names those that are meant for the server, and that it would refuse to start with. */
export function unknownSettings(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith('PADDOCK_') && !KNOWN.has(name));
}
