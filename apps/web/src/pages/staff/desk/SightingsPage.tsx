import { NativeSelect } from '@mantine/core';
import type { Sighting } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { choices } from '../../../elements/choices.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { queryOf, useFilters } from '../parts/filters.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';

const { sightings: said } = DESK;

const COLUMNS: readonly Column<Sighting>[] = [
  { head: said.seenAt, cell: ({ createdAt }) => <Moment at={createdAt} as="time" /> },
  {
    head: said.what,
    cell: ({ detail }) =>
      typeof detail['addresses'] === 'number' ? said.addresses(detail['addresses'].toLocaleString()) : String(detail['kind'] ?? ''),
  },
  { head: said.grant, cell: ({ grant }) => <code className="digest">{grant}</code> },
  { head: said.holder, cell: ({ holder }) => <code className="digest">{holder}</code> },
  { head: said.state, cell: ({ state }) => <State of={state === 'open' ? 'waiting' : state}>{state}</State> },
  { head: said.closedAt, cell: ({ closedAt }) => <Moment at={closedAt} /> },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id, state }) =>
      state === 'open' && (
        <Asking
          label={said.close}
          meaning={said.closeMeaning}
          reason={said.reason}
          send={(reason) => call('POST', `/sightings/${id}/close`, { body: { reason } })}
          stale={['/sightings']}
          button={{ size: 'compact-xs' }}
        />
      ),
  },
];

export function SightingsPage() {
  const [{ state = 'open' }, change] = useFilters();
  return (
    <Page title={said.title} lead={said.lead}>
      <NativeSelect
        size="xs"
        maw={200}
        label={said.state}
        value={state === 'all' ? '' : state}
        data={choices(said.states)}
        onChange={({ currentTarget: { value } }) => change({ state: value || 'all' })}
      />
      <Listing
        path={`/sightings?${queryOf({ state: state === 'all' ? undefined : state })}`}
        caption={said.title}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={said.none}
        minWidth={900}
      />
    </Page>
  );
}
