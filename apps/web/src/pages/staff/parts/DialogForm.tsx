import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '../../../elements/Dialog.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Form, type Command } from './Form.js';

interface Props {
  title: string;
  command: Command;
  button: string;
  grave?: boolean | undefined;
  size?: string;
  /** What else can be done, beside the button. */
  beside?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog over the page, with the way back. */
export function DialogForm({ title, command, button, grave, size = 'md', beside, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose} size={size}>
      <Form command={command}>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {PARTS.cancel}
          </Button>
          {beside}
          <Button type="submit" loading={command.running} {...(grave && { color: 'red.8' })}>
            {button}
          </Button>
        </Group>
      </Form>
    </Dialog>
  );
}
