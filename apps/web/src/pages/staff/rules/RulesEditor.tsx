import { Button, Group, NativeSelect, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { FormField, RuleSet } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { Refusal } from '../../../elements/Refusal.js';
import { FORMS, RULES } from '../../../words/staff/model-desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { moved } from '../forms/form-draft.js';
import { ConditionsEditor } from './ConditionsEditor.js';
import { FIRST, rulesOf, type DraftRule } from './rule-draft.js';

interface Props {
  path: string;
  rules: readonly DraftRule[];
  /** Of the form in force: what rules can ask of the answers. */
  fields: readonly Wire<typeof FormField>[];
  onChange: (rules: readonly DraftRule[]) => void;
  onKept: (n: number) => void;
}

export function RulesEditor({ path, rules, fields, onChange, onKept }: Props) {
  const [fault, setFault] = useState<string>();
  const keep = useCommand((body: object) => call<Wire<typeof RuleSet>>('POST', path, { body }), {
    stale: [path],
    onDone: ({ n }) => onKept(n),
  });
  const send = () => {
    try {
      setFault(undefined);
      keep.run({ rules: rulesOf(rules) });
    } catch (error) {
      setFault((error as SyntaxError).message);
    }
  };
  const set = (index: number, change: Partial<DraftRule>) =>
    onChange(rules.map((rule, n) => (n === index ? { ...rule, ...change } : rule)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack maw={860}>
        {keep.refused && <Refusal problem={keep.refused} />}
        {rules.map((rule, index) => (
          <Paper key={index} withBorder p="sm" component="section" aria-label={RULES.rule(index + 1, rule.id)}>
            <Group justify="space-between" mb="xs">
              <Text size="sm" fw={600} component="h3">
                {RULES.rule(index + 1, rule.id)}
              </Text>
              <Group gap={4}>
                <Button size="compact-xs" variant="default" disabled={index === 0} onClick={() => onChange(moved(rules, index, index - 1))}>
                  {FORMS.up}
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => onChange(rules.filter((_, n) => n !== index))}>
                  {PARTS.remove}
                </Button>
              </Group>
            </Group>
            <OneRule rule={rule} fields={fields} onChange={(change) => set(index, change)} />
          </Paper>
        ))}
        {fault && (
          <Text size="sm" c="red.8" role="alert">
            {fault}
          </Text>
        )}
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange([...rules, NEW])}>
            {RULES.addRule}
          </Button>
          <Button type="submit" size="xs" loading={keep.running} disabled={rules.length === 0}>
            {RULES.keep}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const NEW: DraftRule = { id: '', when: { mode: 'all', parts: [FIRST] }, do: 'route', assign: '' };

function OneRule({ rule, fields, onChange }: { rule: DraftRule; fields: Props['fields']; onChange: (change: Partial<DraftRule>) => void }) {
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        label={RULES.id}
        value={rule.id}
        required
        maxLength={64}
        onChange={({ currentTarget: { value } }) => onChange({ id: value })}
      />
      <ConditionsEditor when={rule.when} fields={fields} onChange={(when) => onChange({ when })} />
      <NativeSelect
        size="xs"
        maw={260}
        label={RULES.do}
        value={rule.do}
        data={choices(RULES.does)}
        onChange={({ currentTarget: { value } }) => onChange({ do: value as DraftRule['do'] })}
      />
      {rule.do === 'route' ? (
        <TextInput
          size="xs"
          type="email"
          label={`${RULES.assign} (${PARTS.optional})`}
          value={rule.assign}
          onChange={({ currentTarget: { value } }) => onChange({ assign: value })}
        />
      ) : (
        <Textarea
          size="xs"
          label={RULES.reason}
          required={rule.do === 'reject'}
          value={rule.reason ?? ''}
          maxLength={4000}
          autosize
          minRows={2}
          onChange={({ currentTarget: { value } }) => onChange({ reason: value })}
        />
      )}
    </Stack>
  );
}
