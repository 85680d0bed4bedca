/** What the runtime itself is asked; the rest goes to llama-server as it stands. */
export interface RuntimeArguments {
  /** The release to fetch first; without it, the runtime is llama-server and nothing else. */
  release?: { model: string; name: string };
  /** Which of its files, where it holds several models. */
  file?: string;
  help: boolean;
  /** In their order. */
  forServer: string[];
}

export class WrongUse extends Error {}

const RELEASE = /^(?:[^/:]+\/)?([^/:]+)[/:]([^/:]+)$/;

/** `--paddock MODEL/RELEASE` and `--paddock-file PATH` are the runtime's; `PUBLISHER/MODEL:RELEASE`, as registries write it, is one too. */
export function readArguments(given: readonly string[]): RuntimeArguments {
  const read: RuntimeArguments = { help: false, forServer: [] };
  for (let index = 0; index < given.length; index += 1) {
    const [name, inline] = split(given[index]!);
    if (name === '--paddock' || name === '--paddock-file') {
      const value = inline ?? given[(index += 1)];
      if (value === undefined || value === '') throw new WrongUse(`${name} needs a value`);
      if (name === '--paddock') read.release = releaseOf(value);
      else read.file = value;
    } else {
      if (name === '--help' || name === '-h') read.help = true;
      read.forServer.push(given[index]!);
    }
  }
  if (read.file !== undefined && !read.release) throw new WrongUse('--paddock-file goes with --paddock');
  if (read.release && read.forServer.some((one) => ['-m', '--model'].includes(split(one)[0])))
    throw new WrongUse('--paddock and --model both say which model: give one of them');
  return read;
}

function split(argument: string): [name: string, value: string | undefined] {
  const equals = argument.startsWith('--paddock') ? argument.indexOf('=') : -1;
  return equals === -1 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function releaseOf(value: string): { model: string; name: string } {
  const [, model, name] = RELEASE.exec(value) ?? [];
  if (!model || !name) throw new WrongUse(`--paddock: “${value}” is no MODEL/RELEASE`);
  return { model, name };
}
