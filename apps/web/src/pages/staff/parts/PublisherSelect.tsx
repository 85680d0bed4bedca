import { NativeSelect } from '@mantine/core';
import type { PublisherListed } from '@paddock/contracts';
import { usePages } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { mayPublish } from '../publishing/may-publish.js';

interface Props {
  /** Whose publishers alone are offered; without, all are. */
  person?: Person;
  label: string;
  value: string;
  /** What stands for none of them; without it one must be chosen. */
  none?: string;
  onChange: (publisher: string) => void;
}

export const usePublishers = () => usePages<Wire<typeof PublisherListed>>('/publishers?limit=200');

export function PublisherSelect({ person, label, value, none, onChange }: Props) {
  const { data = [] } = usePublishers();
  const offered = data.filter(({ slug }) => !person || mayPublish(person, { publisher: slug }));
  return (
    <NativeSelect
      label={label}
      value={value}
      required={none === undefined}
      data={[{ value: '', label: none ?? '' }, ...offered.map(({ slug, legalName }) => ({ value: slug, label: legalName }))]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
