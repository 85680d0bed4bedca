import { NativeSelect } from '@mantine/core';
import type { LicenseListed } from '@paddock/contracts';
import { usePages } from '../../../api/hooks.js';

interface Props {
  label: string;
  value: string;
  /** What stands for none; without it one must be chosen. */
  none?: string;
  /** Which licenses can be chosen. */
  fits?: (license: LicenseListed) => boolean;
  onChange: (license: string) => void;
}

/** One of the standard licenses that are in force. */
export function LicenseSelect({ label, value, none, fits = () => true, onChange }: Props) {
  const { data = [] } = usePages<LicenseListed>('/licenses?kind=standard&limit=200');
  const offered = data.filter((license) => license.current && fits(license));
  return (
    <NativeSelect
      label={label}
      value={value}
      required={none === undefined}
      data={[
        { value: '', label: none ?? '' },
        ...offered.map(({ slug, title, current }) => ({ value: slug, label: `${title} ${current!.n} (${slug})` })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
