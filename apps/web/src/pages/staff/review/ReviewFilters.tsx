import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { REVIEW } from '../../../words/staff/review.js';
import { ModelSelect } from '../parts/ModelSelect.js';
import type { Filters } from '../parts/filters.js';

const { filters: said } = REVIEW;

interface Props {
  filters: Filters;
  onChange: (change: Record<string, string | undefined>) => void;
}

/** Where a key brings whoever wants to search. */
export const SEARCH_FIELD = 'review-search';

export function ReviewFilters({ filters, onChange }: Props) {
  const search = useDebouncedCallback((q: string) => onChange({ q }), 300);
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]) => (
    <NativeSelect
      size="xs"
      label={label}
      value={filters[name] ?? ''}
      data={options.map(([value, text]) => ({ value, label: text }))}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
    />
  );
  return (
    <Group gap="sm" align="end" role="search" aria-label={said.title}>
      {select('show', said.show, [
        ['', said.awaiting],
        ['everything', said.everything],
      ])}
      <ModelSelect
        size="xs"
        label={said.model}
        none={said.anyModel}
        value={filters['model'] ?? ''}
        onChange={(model) => onChange({ model })}
      />
      {select('assigned', said.assigned, [
        ['', said.anyone],
        ['me', said.me],
        ['nobody', said.nobody],
        ['anybody', said.somebody],
      ])}
      {select('order', said.order, [
        ['', said.waiting],
        ['newest', said.newest],
      ])}
      <TextInput
        id={SEARCH_FIELD}
        size="xs"
        type="search"
        label={said.q}
        defaultValue={filters['q'] ?? ''}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => search(value)}
        onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
      />
    </Group>
  );
}
