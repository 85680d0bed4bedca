import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { EDITOR } from '../../../words/staff/legal-editor.js';

interface Props {
  text: string;
  label: string;
  help?: string;
  onChange: (text: string) => void;
}

/** Where a text is written, or taken from a file. */
export function TextStep({ text, label, help, onChange }: Props) {
  return (
    <Stack gap="xs">
      <Textarea
        label={label}
        description={help}
        value={text}
        rows={22}
        required
        maxLength={400_000}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
      <Group>
        <FileButton accept="text/*,.md" onChange={(file) => void file?.text().then(onChange)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {EDITOR.readFile}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}
