import { Button, Group, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../../../elements/Section.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Form, type Command } from './Form.js';

interface Props {
  /** Where several kinds of forms open in one place, which this is. */
  title?: string;
  lead?: string;
  command: Command;
  button: string;
  grave?: boolean;
  disabled?: boolean;
  width?: number;
  onCancel: () => void;
  children: ReactNode;
}

/** A form on a sheet of its own within the page, with the way back. */
export function FormSheet({ title, lead, command, button, grave, disabled = false, width = 640, onCancel, children }: Props) {
  const form = (
    <Form command={command}>
      {children}
      <Group>
        <Button type="submit" loading={command.running} disabled={disabled} {...(grave && { color: 'red.8' })}>
          {button}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {PARTS.cancel}
        </Button>
      </Group>
    </Form>
  );
  return (
    <Paper withBorder p="md" maw={width}>
      {title ? (
        <Section title={title} lead={lead}>
          {form}
        </Section>
      ) : (
        form
      )}
    </Paper>
  );
}
