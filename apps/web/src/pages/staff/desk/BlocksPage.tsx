import { Text, Textarea, TextInput } from '@mantine/core';
import type { Block } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { FormSheet } from '../parts/FormSheet.js';
import { Asking } from '../parts/Asking.js';
import { instantOf } from '../parts/instants.js';
import { useDraft } from '../parts/useDraft.js';
import { Listing } from '../parts/Listing.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import type { Column } from '../../../elements/Rows.js';
import { Radios } from '../parts/Radios.js';
import { useAdding } from '../parts/useAdding.js';

const { blocks: said } = DESK;
const PATH = '/blocks';

const COLUMNS: readonly Column<Wire<typeof Block>>[] = [
  { head: said.whom, cell: ({ value }) => value },
  { head: said.from, cell: ({ publisher }) => publisher ?? PARTS.portal },
  {
    head: said.reasonHead,
    cell: ({ reason }) => (
      <Text size="sm" className="said">
        {reason}
      </Text>
    ),
  },
  { head: said.by, cell: ({ by }) => by ?? PARTS.erased },
  { head: said.untilHead, cell: ({ until }) => (until ? <Moment at={until} as="time" /> : PARTS.noEnd) },
  { head: said.state, cell: ({ state }) => <State of={state === 'active' ? 'suspended' : state}>{state}</State> },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id, value, state }) =>
      state === 'active' && (
        <Asking
          label={said.lift}
          meaning={said.liftMeaning(value)}
          send={() => call('DELETE', `${PATH}/${id}`)}
          stale={[PATH]}
          button={{ size: 'compact-xs' }}
        />
      ),
  },
];

export function BlocksPage() {
  const adding = useAdding(said.add, (end) => <ShutOut onEnd={end} />);
  return (
    <Page title={said.title} lead={said.lead} action={adding.action}>
      {adding.form}
      <Listing path={PATH} caption={said.title} columns={COLUMNS} keyOf={({ id }) => id} minWidth={860} />
    </Page>
  );
}

const EMPTY = { kind: 'person' as 'person' | 'domain', value: '', publisher: '', reason: '', until: '' };

function ShutOut({ onEnd }: { onEnd: (told?: string) => void }) {
  const [given, setGiven, forget] = useDraft('block', EMPTY);
  const { kind, value, publisher, reason, until } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const whom = kind === 'person' ? { kind, email: value } : { kind, domain: value };
  const block = useCommand(
    () =>
      call<Wire<typeof Block>>('POST', PATH, {
        body: { ...whom, reason, ...(publisher && { publisher }), ...(until && { until: instantOf(until) }) },
      }),
    {
      stale: [PATH],
      onDone: (made) => {
        forget();
        onEnd(said.done(made.value));
      },
    },
  );
  return (
    <FormSheet button={said.send} grave onCancel={() => onEnd()} command={block}>
      <Radios label={said.kind} value={kind} of={said.kinds} onChange={(chosen) => set({ kind: chosen })} />
      <TextInput
        label={kind === 'person' ? said.email : said.domain}
        type={kind === 'person' ? 'email' : 'text'}
        value={value}
        required
        maxLength={254}
        onChange={({ currentTarget }) => set({ value: currentTarget.value })}
      />
      <PublisherSelect label={said.publisher} none={PARTS.portal} value={publisher} onChange={(chosen) => set({ publisher: chosen })} />
      <Textarea
        label={said.reason}
        value={reason}
        required
        maxLength={2000}
        autosize
        minRows={3}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        maw={320}
        label={said.until}
        value={until}
        onChange={({ currentTarget }) => set({ until: currentTarget.value })}
      />
    </FormSheet>
  );
}
