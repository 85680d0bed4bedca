import { Radio, Stack, TextInput } from '@mantine/core';
import type { Reacceptance } from '@paddock/domain';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { instantOf, localOf } from '../parts/instants.js';

export interface Binding {
  /** RFC 3339, or empty for at once. */
  effectiveFrom: string;
  reacceptance: Reacceptance;
  reacceptFrom: string;
}

export const AT_ONCE: Binding = { effectiveFrom: '', reacceptance: 'inform', reacceptFrom: '' };

/** As the API takes it. */
export const bindingOf = ({ effectiveFrom, reacceptance, reacceptFrom }: Binding) => ({
  reacceptance,
  ...(effectiveFrom && { effectiveFrom }),
  ...(reacceptance === 'by-date' && reacceptFrom && { reacceptFrom }),
});

/** From when a text binds, and what it asks of those who accepted an earlier one. */
export function BindingFields({ binding, onChange }: { binding: Binding; onChange: (binding: Binding) => void }) {
  const set = (change: Partial<Binding>) => onChange({ ...binding, ...change });
  return (
    <Stack gap="sm">
      <TextInput
        type="datetime-local"
        maw={320}
        label={EDITOR.atOnce}
        value={localOf(binding.effectiveFrom)}
        onChange={({ currentTarget: { value } }) => set({ effectiveFrom: instantOf(value) ?? '' })}
      />
      <Radio.Group
        label={EDITOR.reacceptance}
        value={binding.reacceptance}
        onChange={(reacceptance) => set({ reacceptance: reacceptance as Reacceptance })}
      >
        <Stack gap="xs" mt="xs">
          {Object.entries(EDITOR.modes).map(([mode, meaning]) => (
            <Radio key={mode} value={mode} label={meaning} />
          ))}
        </Stack>
      </Radio.Group>
      {binding.reacceptance === 'by-date' && (
        <TextInput
          type="datetime-local"
          maw={320}
          required
          label={EDITOR.reacceptFrom}
          value={localOf(binding.reacceptFrom)}
          onChange={({ currentTarget: { value } }) => set({ reacceptFrom: instantOf(value) ?? '' })}
        />
      )}
    </Stack>
  );
}
