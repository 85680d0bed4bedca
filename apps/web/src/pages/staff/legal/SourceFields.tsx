import { NativeSelect, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import type { Schedule, StandingRule } from '@paddock/domain';
import { choices } from '../../../elements/choices.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Radios } from '../parts/Radios.js';

export interface Source {
  sourceUrl: string;
  schedule: Schedule;
  rule: StandingRule | null;
}

/** As the API takes it: days to accept go with that mode alone. */
export function ruleOf(rule: StandingRule | null) {
  if (!rule) return null;
  const { afterDays, reacceptance, acceptWithinDays = 30 } = rule;
  return { afterDays, reacceptance, ...(reacceptance === 'by-date' && { acceptWithinDays }) };
}

/** Where a policy is captured from, how often, and what becomes of a changed text. */
export function SourceFields({ source, onChange }: { source: Source; onChange: (source: Source) => void }) {
  const { sourceUrl, schedule, rule } = source;
  const set = (change: Partial<Source>) => onChange({ ...source, ...change });
  const setRule = (change: Partial<StandingRule>) => set({ rule: { afterDays: 30, reacceptance: 'inform', ...rule, ...change } });
  return (
    <Stack gap="sm">
      <TextInput
        type="url"
        label={EDITOR.sourceUrl}
        value={sourceUrl}
        required
        maxLength={2000}
        onChange={({ currentTarget: { value } }) => set({ sourceUrl: value })}
      />
      <NativeSelect
        label={EDITOR.schedule}
        value={schedule}
        data={choices(EDITOR.schedules)}
        onChange={({ currentTarget: { value } }) => set({ schedule: value as Schedule })}
      />
      <Switch
        label={EDITOR.standingOn}
        checked={rule !== null}
        onChange={({ currentTarget: { checked } }) => (checked ? setRule({}) : set({ rule: null }))}
      />
      {rule && (
        <Stack gap="sm" pl="lg">
          <NumberInput
            label={EDITOR.afterDays}
            value={rule.afterDays}
            min={0}
            max={365}
            allowDecimal={false}
            hideControls
            required
            onChange={(days) => setRule({ afterDays: Number(days) })}
          />
          <Radios
            label={EDITOR.reacceptance}
            value={rule.reacceptance}
            of={EDITOR.modes}
            onChange={(reacceptance) => setRule({ reacceptance })}
          />
          {rule.reacceptance === 'by-date' && (
            <NumberInput
              label={EDITOR.withinDays}
              value={rule.acceptWithinDays ?? 30}
              min={1}
              max={365}
              allowDecimal={false}
              hideControls
              required
              onChange={(days) => setRule({ acceptWithinDays: Number(days) })}
            />
          )}
        </Stack>
      )}
    </Stack>
  );
}
