import { Button, Group, Kbd } from '@mantine/core';
import { REVIEW } from '../../../words/staff/review.js';
import type { Decision } from './held-commands.js';

const COMMANDS = [
  ['approve', 'a'],
  ['reject', 'r'],
  ['return', 'e'],
] as const satisfies readonly (readonly [Decision['command'], string])[];

/** The three decisions, each with its key. */
export function DecideBar({ onChoose }: { onChoose: (command: Decision['command']) => void }) {
  return (
    <Group gap="xs" role="group" aria-label={REVIEW.decide.title}>
      {COMMANDS.map(([command, key]) => (
        <Button
          key={command}
          size="xs"
          variant={command === 'approve' ? 'filled' : 'default'}
          rightSection={
            <Kbd size="xs" aria-hidden>
              {key}
            </Kbd>
          }
          onClick={() => onChoose(command)}
        >
          {REVIEW.decide[command]}
        </Button>
      ))}
    </Group>
  );
}
