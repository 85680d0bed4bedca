import { Button, Group, Stack, Text, Textarea, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useCommand } from '../../../api/hooks.js';
import { Dialog } from '../../../elements/Dialog.js';
import { Refusal } from '../../../elements/Refusal.js';
import { PARTS } from '../../../words/staff/parts.js';

interface Props {
  label: string;
  /** What it does, in a sentence or two. */
  meaning: ReactNode;
  /** Where a reason is asked, what it is for. */
  reason?: string | undefined;
  send: (reason: string, idempotencyKey: string) => Promise<unknown>;
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
  const command = useCommand<unknown>((_, key) => send(text, key), {
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
        <Dialog onClose={() => setOpen(false)} title={label}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              command.run();
            }}
          >
            <Stack gap="md">
              {command.refused && <Refusal problem={command.refused} />}
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
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setOpen(false)}>
                  {PARTS.cancel}
                </Button>
                <Button type="submit" loading={command.running} {...(grave && { color: 'red.8' })}>
                  {label}
                </Button>
              </Group>
            </Stack>
          </form>
        </Dialog>
      )}
    </>
  );
}
