import { Group, Stack, Switch, Text } from '@mantine/core';
import type { AuditKindName } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useState } from 'react';
import { NotFound } from '../../../app/Frame.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { useFilters, type Filters } from '../parts/filters.js';
import { AuditFilters } from './AuditFilters.js';
import { Export } from './Export.js';
import { KindLinks } from './KindLinks.js';
import { fieldsOf, isKind } from './kinds.js';
import { OverTime } from './OverTime.js';
import { RowDetails } from './RowDetails.js';
import { RowsTable } from './RowsTable.js';
import { useAuditRows, type AuditRow } from './rows.js';
import { SaveView } from './SavedViews.js';

export function AuditKindPage() {
  const { kind } = useParams({ from: '/audit/$kind' });
  return isKind(kind) ? <OneKind key={kind} kind={kind} /> : <NotFound />;
}

function OneKind({ kind }: { kind: AuditKindName }) {
  const [search, change] = useFilters();
  const [plot, setPlot] = useState(false);
  // What else stands in the address is no filter of this kind, and would be refused.
  const known = new Set([...fieldsOf(kind).map(({ name }) => name), ...(kind === 'acceptances' ? ['sealed'] : [])]);
  const filters: Filters = Object.fromEntries(Object.entries(search).filter(([name]) => known.has(name)));
  return (
    <Page title={`${AUDIT.title}: ${AUDIT.kinds[kind].title}`} lead={AUDIT.kinds[kind].meaning}>
      <KindLinks current={kind} />
      <AuditFilters kind={kind} filters={filters} onChange={change} />
      <Group justify="space-between" align="start">
        <Group>
          <SaveView kind={kind} filters={filters} />
          <Switch size="sm" label={AUDIT.overTime} checked={plot} onChange={({ currentTarget: { checked } }) => setPlot(checked)} />
        </Group>
        <Export kind={kind} filters={filters} />
      </Group>
      {plot && <OverTime kind={kind} filters={filters} />}
      <Found kind={kind} filters={filters} />
    </Page>
  );
}

function Found({ kind, filters }: { kind: AuditKindName; filters: Filters }) {
  const [open, setOpen] = useState<AuditRow>();
  const { rows, error, refetch, hasNextPage, isFetching, fetchNextPage } = useAuditRows(kind, filters);
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  // A table's first rows are drawn bit by bit, so that whoever types into a filter meanwhile need not wait.
  const drawn = useDeferredValue(rows);
  return (
    <Loaded of={{ data: drawn, error, refetch }}>
      {(found) =>
        found.count === 0 ? (
          <Text c="dimmed">{AUDIT.empty}</Text>
        ) : (
          <Stack gap="xs">
            <Text size="sm" c="dimmed" role="status">
              {AUDIT.shown(found.count, !hasNextPage)}
            </Text>
            <RowsTable
              kind={kind}
              sealed={filters['sealed'] === 'true'}
              rows={found}
              more={hasNextPage}
              reading={isFetching}
              onMore={onMore}
              onOpen={setOpen}
            />
            {open && <RowDetails kind={kind} row={open} onClose={() => setOpen(undefined)} />}
          </Stack>
        )
      }
    </Loaded>
  );
}
