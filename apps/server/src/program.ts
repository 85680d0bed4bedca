import { ConfigurationError } from './config.js';

/** Something that whoever runs a program of the server's must know and can act upon. */
export class ProgramRefusal extends Error {
  override readonly name = 'ProgramRefusal';

  constructor(
    readonly code: string,
    readonly detail: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}

export const say = (line: string) => void process.stderr.write(`paddock: ${line}\n`);

/** Exit code 0 when it is done, 1 when it was refused and nothing was changed, 2 when it broke. */
export async function runProgram(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProgramRefusal) say(`${error.code}: ${error.detail}\n  ${error.remedy}`);
    else if (error instanceof ConfigurationError) say(`the configuration has faults:\n${error.message}`);
    else say(`${what} failed: ${(error as Error).message}`);
    process.exitCode = error instanceof ProgramRefusal ? 1 : 2;
  }
}
