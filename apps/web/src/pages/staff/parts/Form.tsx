import { Stack } from '@mantine/core';
import type { Problem } from '@paddock/contracts';
import type { ReactNode } from 'react';
import { Refusal } from '../../../elements/Refusal.js';

export interface Command {
  run: () => void;
  running: boolean;
  refused: Problem | undefined;
}

/** The fields of one command: what it was refused stands above them, and what was typed stays. */
export function Form({ command: { run, refused }, children }: { command: Pick<Command, 'run' | 'refused'>; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <Stack>
        {refused && <Refusal problem={refused} />}
        {children}
      </Stack>
    </form>
  );
}
