import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import type { CreateReasonTemplate, ReasonTemplate } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { Page } from '../../../elements/Page.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { FormSheet } from '../parts/FormSheet.js';
import { Asking } from '../parts/Asking.js';
import { useDraft } from '../parts/useDraft.js';
import { Listing } from '../parts/Listing.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import type { Column } from '../../../elements/Rows.js';
import { useAdding } from '../parts/useAdding.js';

const { templates: said } = DESK;
const PATH = '/reason-templates';
const EMPTY: CreateReasonTemplate = { publisher: '', outcome: 'return', title: '', reason: '' };

const COLUMNS: readonly Column<Wire<typeof ReasonTemplate>>[] = [
  { head: said.nameHead, cell: ({ title }) => title },
  { head: said.outcome, cell: ({ outcome }) => said.outcomes[outcome] },
  {
    head: said.reasonHead,
    cell: ({ reason }) => (
      <Text size="sm" className="said">
        {reason}
      </Text>
    ),
  },
  { head: said.publisher, cell: ({ publisher }) => publisher },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id }) => (
      <Asking
        label={said.putAway}
        meaning={said.putAwayMeaning}
        send={() => call('DELETE', `${PATH}/${id}`)}
        stale={[PATH]}
        button={{ size: 'compact-xs' }}
      />
    ),
  },
];

export function ReasonTemplatesPage() {
  const adding = useAdding(said.add, (end) => <KeepReason onEnd={end} />);
  return (
    <Page title={said.title} lead={said.lead} action={adding.action}>
      {adding.form}
      <Listing path={PATH} caption={said.title} columns={COLUMNS} keyOf={({ id }) => id} />
    </Page>
  );
}

function KeepReason({ onEnd }: { onEnd: (told?: string) => void }) {
  const [given, setGiven, forget] = useDraft('reason-template', EMPTY);
  const set = (change: Partial<CreateReasonTemplate>) => setGiven({ ...given, ...change });
  const keep = useCommand(() => call<Wire<typeof ReasonTemplate>>('POST', PATH, { body: given }), {
    stale: [PATH],
    onDone: (kept) => {
      forget();
      onEnd(said.kept(kept.title));
    },
  });
  return (
    <FormSheet button={said.keep} onCancel={() => onEnd()} command={keep}>
      <PublisherSelect label={said.publisher} value={given.publisher} onChange={(publisher) => set({ publisher })} />
      <NativeSelect
        label={said.outcome}
        value={given.outcome}
        data={choices(said.outcomes)}
        onChange={({ currentTarget: { value } }) => set({ outcome: value as CreateReasonTemplate['outcome'] })}
      />
      <TextInput
        label={said.name}
        value={given.title}
        required
        maxLength={100}
        onChange={({ currentTarget: { value } }) => set({ title: value })}
      />
      <Textarea
        label={said.reason}
        value={given.reason}
        required
        maxLength={4000}
        autosize
        minRows={4}
        onChange={({ currentTarget: { value } }) => set({ reason: value })}
      />
    </FormSheet>
  );
}
