import { Button, Group, NativeSelect, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { CreateReasonTemplate, ReasonTemplate } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { Refusal } from '../../../elements/Refusal.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Done } from '../parts/Done.js';
import { useKept } from '../parts/kept.js';
import { Listing } from '../parts/Listing.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import type { Column } from '../parts/Rows.js';

const { templates: said } = DESK;
const PATH = '/reason-templates';
const EMPTY: CreateReasonTemplate = { publisher: '', outcome: 'return', title: '', reason: '' };

const COLUMNS: readonly Column<Wire<typeof ReasonTemplate>>[] = [
  { head: said.nameHead, cell: ({ title }) => title },
  { head: said.outcome, cell: ({ outcome }) => said.outcomes[outcome] },
  {
    head: said.reasonHead,
    cell: ({ reason }) => (
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
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
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={said.title}
      lead={said.lead}
      action={
        !adding && (
          <Button size="xs" onClick={() => setAdding(true)}>
            {said.add}
          </Button>
        )
      }
    >
      {adding && <KeepReason onEnd={() => setAdding(false)} />}
      <Listing path={PATH} caption={said.title} columns={COLUMNS} keyOf={({ id }) => id} />
    </Page>
  );
}

function KeepReason({ onEnd }: { onEnd: () => void }) {
  const [given, setGiven, forget] = useKept('reason-template', EMPTY);
  const set = (change: Partial<CreateReasonTemplate>) => setGiven({ ...given, ...change });
  const keep = useCommand(() => call<Wire<typeof ReasonTemplate>>('POST', PATH, { body: given }), { stale: [PATH], onDone: forget });
  if (keep.answer) return <Done title={said.kept(keep.answer.title)} />;
  return (
    <Paper withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep.run();
        }}
      >
        <Stack>
          {keep.refused && <Refusal problem={keep.refused} />}
          <PublisherSelect label={said.publisher} value={given.publisher} onChange={(publisher) => set({ publisher })} />
          <NativeSelect
            label={said.outcome}
            value={given.outcome}
            data={Object.entries(said.outcomes).map(([value, label]) => ({ value, label }))}
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
          <Group>
            <Button type="submit" loading={keep.running}>
              {said.keep}
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
