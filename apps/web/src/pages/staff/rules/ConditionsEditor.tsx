import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormField } from '@paddock/contracts';
import { OPERATORS, TRUST_FACTS, type Operator } from '@paddock/domain';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { RULES } from '../../../words/staff/model-desk.js';
import { FIRST, OPERATOR_NAMES, type DraftComparison, type DraftWhen } from './rule-draft.js';

interface Props {
  when: DraftWhen;
  fields: readonly Wire<typeof FormField>[];
  onChange: (when: DraftWhen) => void;
}

/** When a rule holds: comparisons side by side. What is nested more deeply is kept, as JSON. */
export function ConditionsEditor({ when, fields, onChange }: Props) {
  if ('json' in when)
    return (
      <Textarea
        size="xs"
        label={RULES.nested}
        value={when.json}
        autosize
        minRows={4}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={({ currentTarget }) => onChange({ json: currentTarget.value })}
      />
    );
  const { mode, parts } = when;
  const set = (index: number, change: Partial<DraftComparison>) =>
    onChange({ mode, parts: parts.map((part, n) => (n === index ? { ...part, ...change } : part)) });
  return (
    <Stack gap="xs">
      <NativeSelect
        size="xs"
        maw={260}
        label={RULES.when}
        value={mode}
        data={choices(RULES.modes)}
        onChange={({ currentTarget: { value } }) => onChange({ mode: value as 'all' | 'any', parts })}
      />
      {parts.map((part, index) => (
        <Group key={index} gap="xs" align="end">
          <Comparison part={part} fields={fields} onChange={(change) => set(index, change)} />
          {parts.length > 1 && (
            <Button
              size="compact-xs"
              variant="default"
              mb={4}
              onClick={() => onChange({ mode, parts: parts.filter((_, n) => n !== index) })}
            >
              {RULES.removeCondition}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => onChange({ mode, parts: [...parts, FIRST] })}>
          {RULES.addCondition}
        </Button>
      </Group>
    </Stack>
  );
}

function Comparison({
  part,
  fields,
  onChange,
}: {
  part: DraftComparison;
  fields: Props['fields'];
  onChange: (change: Partial<DraftComparison>) => void;
}) {
  const facts = [
    ...Object.entries(TRUST_FACTS).map(([name, meaning]) => ({ value: `trust.${name}`, label: RULES.verified(meaning) })),
    ...fields.map(({ id, label }) => ({ value: `answers.${id}`, label: RULES.answer(label) })),
  ];
  const known = facts.some(({ value }) => value === part.fact) ? facts : [...facts, { value: part.fact, label: part.fact }];
  return (
    <>
      <NativeSelect
        size="xs"
        w={300}
        label={RULES.fact}
        value={part.fact}
        data={known}
        onChange={({ currentTarget }) => onChange({ fact: currentTarget.value })}
      />
      <Checkbox
        size="xs"
        mb={8}
        label={RULES.not}
        checked={part.not}
        onChange={({ currentTarget }) => onChange({ not: currentTarget.checked })}
      />
      <NativeSelect
        size="xs"
        label={RULES.operator}
        value={part.is}
        data={OPERATOR_NAMES.map((value) => ({ value, label: OPERATORS[value] }))}
        onChange={({ currentTarget }) => onChange({ is: currentTarget.value as Operator })}
      />
      <Value part={part} fields={fields} onChange={(text) => onChange({ text })} />
    </>
  );
}

const YES_OR_NO = new Set(['institutionalMail', 'orcid', 'quiz', 'referee'].map((name) => `trust.${name}`));

function Value({
  part: { fact, is, text },
  fields,
  onChange,
}: {
  part: DraftComparison;
  fields: Props['fields'];
  onChange: (text: string) => void;
}) {
  if (is === 'present') return null;
  const field = fields.find(({ id }) => fact === `answers.${id}`);
  const base = { size: 'xs', label: is === 'one-of' ? RULES.values : RULES.value, required: true } as const;
  if (is === 'one-of') return <Textarea {...base} value={text} autosize onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
  const options =
    YES_OR_NO.has(fact) || field?.kind === 'attestation'
      ? [
          { value: 'true', label: RULES.yes },
          { value: 'false', label: RULES.no },
        ]
      : field?.kind === 'choice'
        ? field.options
        : undefined;
  if (options)
    return (
      <NativeSelect
        {...base}
        value={text}
        data={[{ value: '', label: '' }, ...options]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  const numeric = is === 'at-least' || is === 'at-most';
  return (
    <TextInput {...base} type={numeric ? 'number' : 'text'} value={text} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  );
}
