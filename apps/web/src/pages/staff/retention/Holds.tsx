import { Button, Group, NativeSelect, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { LegalHold, SetHold } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Refusal } from '../../../elements/Refusal.js';
import { State } from '../../../elements/State.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { useKept } from '../parts/kept.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../parts/Rows.js';
import { Section } from '../parts/Section.js';
import { usePublishers } from '../parts/PublisherSelect.js';

const COLUMNS: readonly Column<Wire<typeof LegalHold>>[] = [
  { head: said.scope, cell: ({ scope }) => said.scopes[scope] },
  { head: said.subject, cell: ({ subject }) => <code className="digest">{subject}</code> },
  { head: said.reason, cell: ({ reason, liftReason }) => <Text size="sm">{liftReason ? `${reason} / ${liftReason}` : reason}</Text> },
  { head: said.since, cell: ({ setAt }) => <Moment at={setAt} /> },
  { head: said.state, cell: ({ state }) => <State of={state === 'lifted' ? 'closed' : 'suspended'}>{state}</State> },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id, state }) =>
      state === 'open' && (
        <Asking
          label={said.lift}
          meaning={said.liftMeaning}
          reason={said.liftReason}
          send={(reason) => call('POST', `/holds/${id}/lift`, { body: { reason } })}
          stale={['/holds', '/erasures']}
          button={{ size: 'compact-xs' }}
        />
      ),
  },
];

export function Holds() {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={said.holds}
      lead={said.holdsLead}
      action={
        !adding && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {said.setHold}
          </Button>
        )
      }
    >
      {adding && <NewHold onEnd={() => setAdding(false)} />}
      <Listing path="/holds" caption={said.holds} columns={COLUMNS} keyOf={({ id }) => id} empty={said.noHolds} minWidth={860} />
    </Section>
  );
}

const EMPTY: SetHold = { scope: 'account', subject: '', reason: '' };

function NewHold({ onEnd }: { onEnd: () => void }) {
  const [given, setGiven, forget] = useKept('hold', EMPTY);
  const set = (change: Partial<SetHold>) => setGiven({ ...given, ...change });
  const { data: publishers = [] } = usePublishers();
  const hold = useCommand(() => call('POST', '/holds', { body: given }), {
    stale: ['/holds', '/erasures'],
    onDone: () => {
      forget();
      onEnd();
    },
  });
  return (
    <Paper withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          hold.run();
        }}
      >
        <Stack>
          {hold.refused && <Refusal problem={hold.refused} />}
          <NativeSelect
            label={said.scope}
            value={given.scope}
            data={Object.entries(said.scopes).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget }) => set({ scope: currentTarget.value as SetHold['scope'], subject: '' })}
          />
          {given.scope === 'publisher' ? (
            <NativeSelect
              label={said.scopes.publisher}
              required
              value={given.subject}
              data={[{ value: '', label: '' }, ...publishers.map(({ id, legalName }) => ({ value: id, label: legalName }))]}
              onChange={({ currentTarget }) => set({ subject: currentTarget.value })}
            />
          ) : (
            <TextInput
              label={said.subject}
              value={given.subject}
              required
              onChange={({ currentTarget }) => set({ subject: currentTarget.value.trim() })}
            />
          )}
          <Textarea
            label={said.reason}
            value={given.reason}
            required
            maxLength={2000}
            autosize
            minRows={3}
            onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
          />
          <Group>
            <Button type="submit" loading={hold.running}>
              {said.hold}
            </Button>
            <Button variant="default" onClick={onEnd}>
              {PARTS.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
