import { readFileSync } from 'node:fs';
import { manifestLines, type LinkManifest } from './link-manifest.js';

export interface DownloadScript extends LinkManifest {
  /** Absolute URL that takes POST {"release"} with a bearer token and answers fresh links as tab-separated values. */
  renewUrl: string;
  /** Page where a person gets fresh links or reads why there are none. */
  remedyUrl: string;
}

/** Without quotation mark and backslash, which mean something in the configuration that curl reads. */
const PLAIN_URL = /^https?:\/\/[\x21\x23-\x5b\x5d-\x7e]+$/;

const BODY = readFileSync(new URL('./download-script.sh', import.meta.url), 'utf8');

/**
 * A POSIX shell script (dash, busybox sh) that fetches every artifact with curl, resumes, and checks each SHA-256.
 * It holds links, which expire, and no token. `--help` documents use and exit codes.
 * @throws RangeError when a value could break out of the place where the script holds it.
 */
export function downloadScript(script: DownloadScript): string {
  if (script.artifacts.length === 0) throw new RangeError('a script needs at least one artifact');
  if (!PLAIN_URL.test(script.renewUrl)) throw new RangeError('renewUrl is not an absolute, percent-encoded URL');
  const values = {
    model: script.model,
    release: script.release,
    expires_at: script.expiresAt.toISOString(),
    renew_url: script.renewUrl,
    renew_body: JSON.stringify({ release: script.release }),
    remedy_url: script.remedyUrl,
  };
  const assignments = Object.entries(values).map(([name, value]) => `${name}=${shellQuote(value)}\n`);
  // A manifest line holds tabs, so that none can be the line that ends the here-document.
  const manifest = `manifest() {\n  cat <<'END'\n${manifestLines(script.artifacts)}END\n}\n`;
  return `#!/bin/sh\n${assignments.join('')}${manifest}${BODY}`;
}

/**
 * A word that a POSIX shell reads back as exactly this text.
 * @throws RangeError for control characters, which terminals and shells act upon.
 */
export function shellQuote(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(text)) throw new RangeError('control characters have no place in a script');
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
