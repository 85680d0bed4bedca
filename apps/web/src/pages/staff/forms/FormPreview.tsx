import { Checkbox, NativeSelect, NumberInput, Paper, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { COUNTRIES, maxLengthOf, type FormField } from '@paddock/domain';
import { useState } from 'react';
import { FORMS } from '../../../words/staff/model-desk.js';
import { countryName } from '../review/answers.js';

type Answers = Record<string, unknown>;

/** The form as it reads, answerable, so that whoever composes it sees what is asked when. */
export function FormPreview({ fields }: { fields: readonly FormField[] }) {
  const [answers, setAnswers] = useState<Answers>({});
  const asked = fields.filter(({ shownWhen }) => {
    if (!shownWhen) return true;
    const given = new Set([answers[shownWhen.field]].flat());
    return shownWhen.in.some((value) => given.has(value));
  });
  return (
    <Paper withBorder p="md">
      <Stack>
        {fields.length === 0 && <Text c="dimmed">{FORMS.empty}</Text>}
        {asked.map((field, index) => (
          <PreviewField
            key={`${index}-${field.id}`}
            field={field}
            value={answers[field.id]}
            onChange={(value) => setAnswers({ ...answers, [field.id]: value })}
          />
        ))}
      </Stack>
    </Paper>
  );
}

function PreviewField({ field, value, onChange }: { field: FormField; value: unknown; onChange: (value: unknown) => void }) {
  const base = { label: field.label || field.id, description: field.help, withAsterisk: field.required };
  const text = String(value ?? '');
  const write = ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value);
  switch (field.kind) {
    case 'long-text':
      return <Textarea {...base} value={text} maxLength={maxLengthOf(field)} autosize minRows={3} onChange={write} />;
    case 'choice':
      if (field.several)
        return (
          <Checkbox.Group {...base} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange}>
            <Stack gap="xs" mt="xs">
              {field.options.map((option) => (
                <Checkbox key={option.value} value={option.value} label={option.label} />
              ))}
            </Stack>
          </Checkbox.Group>
        );
      return (
        <Radio.Group {...base} value={text} onChange={onChange}>
          <Stack gap="xs" mt="xs">
            {field.options.map((option) => (
              <Radio key={option.value} value={option.value} label={option.label} />
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'country':
      return (
        <NativeSelect
          {...base}
          value={text}
          data={[{ value: '', label: FORMS.choose }, ...COUNTRIES.map((code) => ({ value: code, label: countryName(code) }))]}
          onChange={write}
        />
      );
    case 'number':
      return <NumberInput {...base} value={text} hideControls allowDecimal={!field.whole} {...bounds(field)} onChange={onChange} />;
    case 'attestation':
      return (
        <Checkbox
          label={base.label}
          description={base.description}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    default:
      return <TextInput {...base} type={field.kind === 'url' ? 'url' : 'text'} value={text} onChange={write} />;
  }
}

const bounds = ({ min, max }: { min?: number | undefined; max?: number | undefined }) => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
