import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { AuditKindName, ModelListed } from '@paddock/contracts';
import { useState } from 'react';
import { usePages } from '../../../api/hooks.js';
import { holds, usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { AUDIT } from '../../../words/staff/audit.js';
import type { Filters } from '../parts/filters.js';
import { instantOf, localOf } from '../parts/instants.js';
import { KIND_PAGES, type FilterField } from './kinds.js';

interface Props {
  kind: AuditKindName;
  filters: Filters;
  onChange: (change: Record<string, string | undefined>) => void;
}

export function AuditFilters({ kind, filters, onChange }: Props) {
  const { first, others } = KIND_PAGES[kind];
  const [open, setOpen] = useState(others.some(({ name }) => filters[name] !== undefined));
  const person = usePerson();
  // Who may open it is the API's to say; whoever audits nothing is not offered it.
  const mayOpen = kind === 'acceptances' && holds(person, 'auditor');
  const anything = Object.keys(filters).length > 0;
  const shown = open ? [...first, ...others] : first;
  return (
    <Stack gap="xs" role="search" aria-label={AUDIT.filters}>
      <Group gap="sm" align="end">
        {shown.map((field) => (
          <OneFilter
            key={field.name}
            field={field}
            value={filters[field.name] ?? ''}
            onChange={(value) => onChange({ [field.name]: value })}
          />
        ))}
      </Group>
      <Group gap="sm">
        {others.length > 0 && (
          <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? AUDIT.fewer : AUDIT.more}
          </Button>
        )}
        {anything && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onChange(Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])))}
          >
            {AUDIT.clear}
          </Button>
        )}
        {mayOpen && (
          <Checkbox
            size="xs"
            label={AUDIT.sealed}
            checked={filters['sealed'] === 'true'}
            onChange={({ currentTarget: { checked } }) => onChange({ sealed: checked ? 'true' : undefined })}
          />
        )}
      </Group>
    </Stack>
  );
}

function OneFilter({ field, value, onChange }: { field: FilterField; value: string; onChange: (value: string) => void }) {
  const models = usePages<Wire<typeof ModelListed>>(field.as === 'model' ? '/models?limit=200' : null);
  const later = useDebouncedCallback(onChange, 350);
  const base = { size: 'xs', label: AUDIT.fields[field.name], w: 170 } as const;
  if (field.as === 'choice' || field.as === 'model') {
    const options = field.as === 'choice' ? field.options : (models.data ?? []).map(({ slug }) => slug);
    const known = value === '' || options.includes(value) ? options : [...options, value];
    return (
      <NativeSelect
        {...base}
        value={value}
        data={[{ value: '', label: AUDIT.any }, ...known.map((option) => ({ value: option, label: option }))]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  if (field.as === 'instant')
    return (
      <TextInput
        {...base}
        w={200}
        type="datetime-local"
        key={value === '' ? 'empty' : 'set'}
        defaultValue={localOf(value)}
        onChange={({ currentTarget }) => later(instantOf(currentTarget.value) ?? '')}
      />
    );
  return (
    <TextInput
      {...base}
      key={value === '' ? 'empty' : 'set'}
      type={field.name === 'q' ? 'search' : 'text'}
      inputMode={field.as === 'number' ? 'numeric' : 'text'}
      maxLength={200}
      defaultValue={value}
      onChange={({ currentTarget }) => later(currentTarget.value.trim())}
    />
  );
}
