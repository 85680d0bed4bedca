import { Stack, TextInput } from '@mantine/core';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { instantOf, localOf } from '../parts/instants.js';
import { Radios } from '../parts/Radios.js';
import type { Binding } from './binding.js';

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
      <Radios
        label={EDITOR.reacceptance}
        value={binding.reacceptance}
        of={EDITOR.modes}
        onChange={(reacceptance) => set({ reacceptance })}
      />
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
