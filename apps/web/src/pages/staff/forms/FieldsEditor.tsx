import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { FIELD_KINDS, type FormField } from '@paddock/domain';
import { useState } from 'react';
import { FORMS } from '../../../words/staff/model-desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { FieldEditor } from './FieldEditor.js';
import { moved, newField } from './form-draft.js';

interface Props {
  fields: readonly FormField[];
  onChange: (fields: readonly FormField[]) => void;
}

export function FieldsEditor({ fields, onChange }: Props) {
  const [kind, setKind] = useState<FormField['kind']>('text');
  const ids = fields.map(({ id }) => id);
  return (
    <Stack>
      {fields.length === 0 && <Text c="dimmed">{FORMS.empty}</Text>}
      {fields.map((field, index) => (
        <Paper key={index} withBorder p="sm" component="section" aria-label={FORMS.field(index + 1, field.label)}>
          <Group justify="space-between" mb="xs">
            <Text size="sm" fw={600} component="h3">
              {FORMS.field(index + 1, FORMS.kinds[field.kind])}
            </Text>
            <Group gap={4}>
              <Button size="compact-xs" variant="default" disabled={index === 0} onClick={() => onChange(moved(fields, index, index - 1))}>
                {FORMS.up}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                disabled={index === fields.length - 1}
                onClick={() => onChange(moved(fields, index, index + 1))}
              >
                {FORMS.down}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => onChange(fields.filter((_, n) => n !== index))}>
                {PARTS.remove}
              </Button>
            </Group>
          </Group>
          <FieldEditor
            field={field}
            before={fields.slice(0, index)}
            taken={ids.filter((_, n) => n !== index)}
            onChange={(changed) => onChange(fields.map((one, n) => (n === index ? changed : one)))}
          />
        </Paper>
      ))}
      <Group align="end" gap="xs">
        <NativeSelect
          size="xs"
          label={FORMS.kind}
          value={kind}
          data={(Object.keys(FIELD_KINDS) as FormField['kind'][]).map((value) => ({ value, label: FORMS.kinds[value] }))}
          onChange={({ currentTarget }) => setKind(currentTarget.value as FormField['kind'])}
        />
        <Button size="xs" variant="default" onClick={() => onChange([...fields, newField(kind, ids)])}>
          {FORMS.addField}
        </Button>
      </Group>
    </Stack>
  );
}
