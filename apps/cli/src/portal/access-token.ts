import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliFailure, EXIT } from '../cli-failure.js';

export interface TokenSources {
  /** From --token-file; goes before everything else. */
  tokenFile?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/**
 * The access token: from --token-file, PADDOCK_TOKEN, the file that PADDOCK_TOKEN_FILE names, or ~/.config/paddock/token.
 * It is never taken from the arguments, which every process on the machine can read.
 * @throws CliFailure when there is none, or its file can be read by others.
 */
export async function findToken({ tokenFile, env, home }: TokenSources): Promise<string> {
  const named = tokenFile ?? (env['PADDOCK_TOKEN'] ? undefined : env['PADDOCK_TOKEN_FILE']);
  const file = named ?? join(home, '.config', 'paddock', 'token');
  const token = named === undefined && env['PADDOCK_TOKEN'] ? env['PADDOCK_TOKEN'] : await readToken(file);
  if (!/^[\x21-\x7e]+$/.test(token)) throw noToken('the access token is empty or holds characters that no token has');
  return token;
}

async function readToken(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw noToken(`there is no access token in PADDOCK_TOKEN or ${file}`);
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new CliFailure('token-exposed', `others can read ${file}, so it is not used`, `Run: chmod 600 ${file}`, EXIT.noToken);
  }
  return (await readFile(file, 'utf8')).trim();
}

function noToken(detail: string): CliFailure {
  const remedy = 'Mint a token on the portal (Tokens) and put it into PADDOCK_TOKEN or into ~/.config/paddock/token with mode 0600.';
  return new CliFailure('no-token', detail, remedy, EXIT.noToken);
}
