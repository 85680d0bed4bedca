import { Button, Group, Paper, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { Block } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { Refusal } from '../../../elements/Refusal.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Done } from '../parts/Done.js';
import { instantOf } from '../parts/instants.js';
import { useKept } from '../parts/kept.js';
import { Listing } from '../parts/Listing.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import type { Column } from '../parts/Rows.js';

const { blocks: said } = DESK;
const PATH = '/blocks';

const COLUMNS: readonly Column<Wire<typeof Block>>[] = [
  { head: said.whom, cell: ({ value }) => value },
  { head: said.from, cell: ({ publisher }) => publisher ?? PARTS.portal },
  {
    head: said.reasonHead,
    cell: ({ reason }) => (
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
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
      {adding && <ShutOut onEnd={() => setAdding(false)} />}
      <Listing path={PATH} caption={said.title} columns={COLUMNS} keyOf={({ id }) => id} minWidth={860} />
    </Page>
  );
}

const EMPTY = { kind: 'person' as 'person' | 'domain', value: '', publisher: '', reason: '', until: '' };

function ShutOut({ onEnd }: { onEnd: () => void }) {
  const [given, setGiven, forget] = useKept('block', EMPTY);
  const { kind, value, publisher, reason, until } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const whom = kind === 'person' ? { kind, email: value } : { kind, domain: value };
  const block = useCommand(
    () =>
      call<Wire<typeof Block>>('POST', PATH, {
        body: { ...whom, reason, ...(publisher && { publisher }), ...(until && { until: instantOf(until) }) },
      }),
    { stale: [PATH], onDone: forget },
  );
  if (block.answer) return <Done title={said.done(block.answer.value)} />;
  return (
    <Paper withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          block.run();
        }}
      >
        <Stack>
          {block.refused && <Refusal problem={block.refused} />}
          <Radio.Group label={said.kind} value={kind} onChange={(chosen) => set({ kind: chosen as typeof kind })}>
            <Stack gap="xs" mt="xs">
              {Object.entries(said.kinds).map(([name, label]) => (
                <Radio key={name} value={name} label={label} />
              ))}
            </Stack>
          </Radio.Group>
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
          <Group>
            <Button type="submit" color="red.8" loading={block.running}>
              {said.send}
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
