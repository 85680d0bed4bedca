import { NativeSelect, type MantineSize } from '@mantine/core';
import type { ModelListed } from '@paddock/contracts';
import { usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';

interface Props {
  label: string;
  value: string;
  /** What stands for none of them; without it one must be chosen. */
  none?: string;
  size?: MantineSize;
  onChange: (model: string) => void;
}

export const useModels = () => usePages<Wire<typeof ModelListed>>('/models?limit=200');

export function ModelSelect({ label, value, none, size = 'sm', onChange }: Props) {
  const { data = [] } = useModels();
  return (
    <NativeSelect
      size={size}
      label={label}
      value={value}
      required={none === undefined}
      data={[{ value: '', label: none ?? '' }, ...data.map(({ slug, title }) => ({ value: slug, label: title }))]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
