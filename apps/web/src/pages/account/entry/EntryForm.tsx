import { Button, Group, Stack } from '@mantine/core';
import type { Problem } from '@paddock/contracts';
import type { ReactNode } from 'react';
import { Refusal } from '../../../elements/Refusal.js';

interface Props {
  button: string;
  running: boolean;
  refused: Problem | undefined;
  onSend: (fields: Record<string, string>) => void;
  children?: ReactNode;
}

/** A short form of one thing; what it was refused stands above it, and what was typed stays. */
export function EntryForm({ button, running, refused, onSend, children }: Props) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])));
      }}
    >
      <Stack maw="26rem">
        {refused && <Refusal problem={refused} />}
        {children}
        <Group>
          <Button type="submit" loading={running}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
