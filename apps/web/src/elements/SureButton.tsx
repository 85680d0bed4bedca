import { Button, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { words } from '../words/index.js';

interface Props {
  /** What the button does, as a verb. */
  children: string;
  /** What is asked before it is done, such as what ends by it. */
  ask: string;
  running?: boolean;
  onSure: () => void;
  /** Where several stand in a list: what it is done to. */
  of?: string;
}

/** A button for what cannot be undone: it asks once more, in place. */
export function SureButton({ children, ask, running = false, onSure, of }: Props) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsking(false);
    requestAnimationFrame(() => first.current?.focus());
  };
  if (asking)
    return (
      <Group gap="xs" role="group" aria-label={ask}>
        <Text size="sm">{ask}</Text>
        <Button
          size="compact-sm"
          color="red"
          loading={running}
          ref={(button) => button?.focus()}
          onClick={() => {
            onSure();
            setAsking(false);
          }}
        >
          {children}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {words.frame.leaveIt}
        </Button>
      </Group>
    );
  return (
    <Button
      ref={first}
      size="compact-sm"
      variant="default"
      loading={running}
      onClick={() => setAsking(true)}
      {...(of && { 'aria-label': `${children}: ${of}` })}
    >
      {children}
    </Button>
  );
}
