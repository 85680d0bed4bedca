import { Group, NativeSelect } from '@mantine/core';
import type { RoleListed } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { queryOf, useFilters } from '../parts/filters.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { GiveRole } from './GiveRole.js';
import { useAdding } from '../parts/useAdding.js';

const { roles: said } = DESK;
const PATH = '/roles';
type Listed = Wire<typeof RoleListed>;
const nameOf = ({ name, email }: Listed) => name ?? email ?? PARTS.erased;

const COLUMNS: readonly Column<Listed>[] = [
  { head: said.who, cell: (role) => nameOf(role) },
  { head: said.email, cell: ({ email }) => email },
  { head: said.role, cell: ({ role }) => said.roles[role] },
  { head: said.place, cell: ({ scope, place }) => place ?? said.places[scope] },
  { head: said.state, cell: ({ state }) => <State of={state}>{said.states[state]}</State> },
  { head: said.from, cell: ({ from }) => <Moment at={from} /> },
  { head: said.untilHead, cell: ({ until }) => (until ? <Moment at={until} /> : PARTS.noEnd) },
  { head: said.sealed, cell: ({ role, opensSealed }) => role === 'auditor' && (opensSealed ? PARTS.yes : PARTS.no) },
  {
    head: PARTS.actions,
    silent: true,
    cell: (role) =>
      role.state !== 'ended' && (
        <Asking
          label={said.end}
          meaning={said.endMeaning(nameOf(role), said.roles[role.role])}
          send={() => call('DELETE', `${PATH}/${role.id}`)}
          stale={[PATH, '/me']}
          button={{ size: 'compact-xs' }}
        />
      ),
  },
];

export function RolesPage() {
  const [{ role, state = 'active' }, change] = useFilters();
  const adding = useAdding(said.add, (end) => <GiveRole onEnd={end} />);
  const select = (name: string, label: string, value: string, options: Record<string, string>) => (
    <NativeSelect
      size="xs"
      label={label}
      value={value}
      data={[{ value: 'all', label: said.every }, ...Object.entries(options).map(([option, words]) => ({ value: option, label: words }))]}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  const asked = (value: string | undefined) => (value === 'all' ? undefined : value);
  return (
    <Page title={said.title} lead={said.lead} action={adding.action}>
      {adding.form}
      <Group gap="sm">
        {select('role', said.role, role ?? 'all', said.roles)}
        {select('state', said.state, state, said.states)}
      </Group>
      <Listing
        path={`${PATH}?${queryOf({ role: asked(role), state: asked(state) })}`}
        caption={said.title}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        minWidth={960}
      />
    </Page>
  );
}
