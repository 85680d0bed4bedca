import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import type { LegalHold, SetHold } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { Moment } from '../../../elements/Moment.js';
import { State } from '../../../elements/State.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { PARTS } from '../../../words/staff/parts.js';
import { useAdding } from '../parts/useAdding.js';
import { FormSheet } from '../parts/FormSheet.js';
import { Asking } from '../parts/Asking.js';
import { useDraft } from '../parts/useDraft.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
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
  const adding = useAdding(said.setHold, (end) => <NewHold onEnd={end} />, 'default');
  return (
    <Section title={said.holds} lead={said.holdsLead} action={adding.action}>
      {adding.form}
      <Listing path="/holds" caption={said.holds} columns={COLUMNS} keyOf={({ id }) => id} empty={said.noHolds} minWidth={860} />
    </Section>
  );
}

const EMPTY: SetHold = { scope: 'account', subject: '', reason: '' };

function NewHold({ onEnd }: { onEnd: () => void }) {
  const [given, setGiven, forget] = useDraft('hold', EMPTY);
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
    <FormSheet button={said.hold} onCancel={onEnd} command={hold}>
      <NativeSelect
        label={said.scope}
        value={given.scope}
        data={choices(said.scopes)}
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
    </FormSheet>
  );
}
