import { Group, NativeSelect } from '@mantine/core';
import type { License } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { words } from '../../words/index.js';

const { legal } = words;

interface Props {
  versions: Wire<typeof License>['versions'];
  shown: number;
  since: number | undefined;
  onChange: (search: { version: number; since?: number }) => void;
}

/** Which version is read, and whether beside what it replaced. */
export function VersionChoice({ versions, shown, since, onChange }: Props) {
  if (versions.length < 2) return null;
  const names = versions.map(({ n }) => ({ value: String(n), label: legal.version(n) }));
  return (
    <Group align="end">
      <NativeSelect
        label={legal.versionShown}
        data={names}
        value={String(shown)}
        onChange={({ currentTarget }) => onChange({ version: Number(currentTarget.value), ...(since && { since }) })}
      />
      <NativeSelect
        label={legal.compare}
        data={[{ value: '', label: legal.compareNot }, ...names.filter(({ value }) => value !== String(shown))]}
        value={since ? String(since) : ''}
        onChange={({ currentTarget: { value } }) => onChange({ version: shown, ...(value && { since: Number(value) }) })}
      />
    </Group>
  );
}
