import {
  cosigner,
  judgeCheckpoint,
  parseNote,
  readCheckpoint,
  sha256Hex,
  type NoteSigner,
  type Submission,
  type WatchedLog,
  type WitnessVerdict,
} from '@paddock/ledger';
import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CliFailure, EXIT } from '../cli-failure.js';

const KEY_FILE = 'witness-key';

/** What a witness has sworn to, in a folder: written so that no crash can make it forgotten before it is said. */
export class WitnessState {
  private constructor(
    private readonly folder: string,
    readonly signer: NoteSigner,
  ) {}

  /** Claims the folder, and makes the key at first. Throws CliFailure where another witness uses it or it cannot be written. */
  static async open(folder: string, name: string): Promise<WitnessState> {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await claim(folder);
      const seed = Buffer.from(await keyIn(folder), 'hex');
      return new WitnessState(
        folder,
        cosigner(name, seed, () => BigInt(Math.floor(Date.now() / 1000))),
      );
    } catch (error) {
      if (error instanceof CliFailure) throw error;
      throw new CliFailure('witness-state', (error as Error).message, 'Give --state a folder that you can write.', EXIT.cannotWrite);
    }
  }

  /** The last cosigned checkpoint of a log, with both signatures; undefined where there is none. */
  async cosigned(origin: string): Promise<string | undefined> {
    return readFile(this.file(origin), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  /** By what was cosigned last. */
  async judge(submission: Submission, log: WatchedLog | undefined): Promise<WitnessVerdict> {
    const last = log && (await this.cosigned(log.origin));
    return judgeCheckpoint(submission, log, last === undefined ? undefined : readCheckpoint(parseNote(last)));
  }

  async remember(origin: string, note: string): Promise<void> {
    await writeDurably(this.folder, this.file(origin), note);
  }

  private file(origin: string): string {
    return join(this.folder, `${sha256Hex(origin)}.checkpoint`);
  }
}

async function keyIn(folder: string): Promise<string> {
  const file = join(folder, KEY_FILE);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept.trim();
  const made = randomBytes(32).toString('hex');
  await writeDurably(folder, file, `${made}\n`);
  return made;
}

/** Whole or not at all, also after a crash. */
async function writeDurably(folder: string, file: string, content: string): Promise<void> {
  const whole = `${file}.new`;
  {
    await using written = await open(whole, 'w', 0o600);
    await written.writeFile(content);
    await written.sync();
  }
  await rename(whole, file);
  await using parent = await open(folder, 'r');
  await parent.sync();
}

/** By a name that the kernel gives to one process and takes back when that one dies, however it does. */
function claim(folder: string): Promise<void> {
  return new Promise((done, fail) => {
    const lock = createServer();
    lock.once('error', () => {
      fail(new CliFailure('witness-state', `another witness uses ${folder}`, 'Stop it, or give --state another folder.', EXIT.cannotWrite));
    });
    lock.listen(`\0paddock-witness-${sha256Hex(realpathSync(folder))}`, () => done());
    lock.unref();
  });
}
