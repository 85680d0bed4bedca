/** What the process exits with; `download-script.sh` uses the same numbers. */
export const EXIT = {
  refusedHere: 1,
  refusedByPortal: 2,
  network: 3,
  wrongBytes: 4,
  noToken: 5,
  cannotWrite: 6,
  interrupted: 130,
} as const;

/** Something that the person at the terminal must know and can act upon; anything else thrown is a bug. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';

  constructor(
    readonly code: string,
    readonly detail: string,
    readonly remedy: string,
    readonly exitCode: (typeof EXIT)[keyof typeof EXIT],
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}

/** The command did what it should, and its answer is no: that has been printed, and only the exit code is left to tell. */
export class AnsweredNo extends Error {
  override readonly name = 'AnsweredNo';

  constructor(readonly exitCode: number) {
    super(`exit code ${exitCode}`);
  }
}
