import { Radio, Stack } from '@mantine/core';
import { choices } from '../../../elements/choices.js';

interface Props<Value extends string> {
  label: string;
  value: Value;
  of: Readonly<Record<Value, string>>;
  onChange: (value: Value) => void;
}

/** One of a few, all of which can be read at once. */
export function Radios<Value extends string>({ label, value, of, onChange }: Props<Value>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as Value)}>
      <Stack gap="xs" mt="xs">
        {choices(of).map((choice) => (
          <Radio key={choice.value} {...choice} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
