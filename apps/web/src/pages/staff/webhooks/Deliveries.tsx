import { Button, Group, Text, TextInput } from '@mantine/core';
import type { Webhook, WebhookDelivery } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import { Moment } from '../../../elements/Moment.js';
import { Refusal } from '../../../elements/Refusal.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Told } from '../../../elements/Told.js';
import { instantOf } from '../parts/instants.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';

const { webhooks: said } = DESK;

/** What was sent to one endpoint, what it answered, and sending it again. */
export function Deliveries({ webhook }: { webhook: string }) {
  const path = `/webhooks/${webhook}`;
  const { data } = useAnswer<Webhook>(path);
  const [since, setSince] = useState('');
  const replay = useCommand(() => call<{ replayed: number }>('POST', `${path}/replay`, { body: { since: instantOf(since) } }), {
    stale: ['/webhooks'],
  });
  const one = useCommand(({ id, command }: { id: string; command: string }) => call('POST', `${path}/deliveries/${id}/${command}`), {
    stale: ['/webhooks'],
  });
  return (
    <Section title={said.deliveriesTo(data?.url ?? '')}>
      {one.refused && <Refusal problem={one.refused} />}
      {replay.refused && <Refusal problem={replay.refused} />}
      {replay.answer && <Told title={said.replayed(replay.answer.replayed)} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          replay.run();
        }}
      >
        <Group align="end" gap="xs">
          <TextInput
            size="xs"
            type="datetime-local"
            label={said.since}
            required
            value={since}
            onChange={({ currentTarget }) => setSince(currentTarget.value)}
          />
          <Button size="xs" variant="default" type="submit" loading={replay.running}>
            {said.replaySince}
          </Button>
        </Group>
      </form>
      <Listing
        path={`${path}/deliveries`}
        caption={said.deliveries}
        columns={columnsOf((id, command) => one.run({ id, command }))}
        keyOf={({ id }) => id}
        empty={said.noDeliveries}
        minWidth={900}
      />
    </Section>
  );
}

const columnsOf = (run: (id: string, command: string) => void): readonly Column<WebhookDelivery>[] => [
  {
    head: said.event,
    cell: ({ type, createdAt }) => (
      <>
        {type}
        <Text size="xs" c="dimmed">
          <Moment at={createdAt} as="time" />
        </Text>
      </>
    ),
  },
  { head: said.subject, cell: ({ subject }) => <code className="digest">{subject}</code> },
  {
    head: said.state,
    cell: ({ state, dueAt }) => (
      <>
        <State of={state} />
        {dueAt && (
          <Text size="xs" c="dimmed">
            {said.next} <Moment at={dueAt} as="time" />
          </Text>
        )}
      </>
    ),
  },
  { head: said.attempts, cell: ({ attempts }) => attempts, numeric: true },
  {
    head: said.answer,
    cell: ({ reason, lastStatus, lastAnswer }) => (
      <>
        {reason ?? lastStatus}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {lastAnswer}
        </Text>
      </>
    ),
  },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id, state }) => (
      <Button size="compact-xs" variant="default" onClick={() => run(id, state === 'pending' ? 'skip' : 'replay')}>
        {state === 'pending' ? said.skip : said.replay}
      </Button>
    ),
  },
];
