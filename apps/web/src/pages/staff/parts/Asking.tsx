import { Button, Text, Textarea, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useCommand } from '../../../api/hooks.js';
import { DialogForm } from './DialogForm.js';

interface Props {
  label: string;
  /** What it does, in a sentence or two. */
  meaning: ReactNode;
  /** Where a reason is asked, what it is for. */
  reason?: string | undefined;
  send: (reason: string) => Promise<unknown>;
  /** Paths of the API whose answers it changes. */
  stale: string[];
  onDone?: () => void;
  grave?: boolean;
  button?: ButtonProps & { 'aria-label'?: string };
}

/** A button behind which a dialog says what will happen, asks for the reason where one is needed, and does it once. */
export function Asking({ label, meaning, reason, send, stale, onDone, grave, button }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const command = useCommand<unknown>(() => send(text), {
    stale,
    onDone: () => {
      setOpen(false);
      setText('');
      onDone?.();
    },
  });
  return (
    <>
      <Button size="xs" variant="default" {...button} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <DialogForm title={label} command={command} button={label} grave={grave} onClose={() => setOpen(false)}>
          <Text size="sm" component="div">
            {meaning}
          </Text>
          {reason && (
            <Textarea
              label={reason}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autosize
              minRows={3}
              maxLength={2000}
              required
              data-autofocus
            />
          )}
        </DialogForm>
      )}
    </>
  );
}
