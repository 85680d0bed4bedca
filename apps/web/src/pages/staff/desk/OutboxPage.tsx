import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import type { Mail } from '@paddock/contracts';
import { MAIL_COMMANDS, MAIL_STATES } from '@paddock/domain';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { Dialog } from '../../../elements/Dialog.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Facts } from '../../../elements/Facts.js';
import { queryOf, useFilters } from '../parts/filters.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';

const { outbox: said } = DESK;
const RETRIED: readonly string[] = MAIL_COMMANDS.retry.from;

const columnsOf = (read: (mail: Mail) => void): readonly Column<Mail>[] => [
  { head: said.written, cell: ({ createdAt }) => <Moment at={createdAt} as="time" /> },
  { head: said.to, cell: ({ recipient }) => recipient },
  {
    head: said.mail,
    cell: (mail) => (
      <Button size="compact-sm" variant="subtle" onClick={() => read(mail)}>
        {mail.subject}
      </Button>
    ),
  },
  {
    head: said.state,
    cell: ({ state, reason }) => (
      <>
        <State of={state} />
        {reason && (
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        )}
      </>
    ),
  },
  { head: PARTS.actions, silent: true, cell: (mail) => <Commands mail={mail} /> },
];

function Commands({ mail: { id, state } }: { mail: Mail }) {
  if (state === 'unconfirmed')
    return (
      <Asking
        label={said.sendAgain}
        meaning={said.sendAgainMeaning}
        send={() => call('POST', `/mail/${id}/send-again`)}
        stale={['/mail']}
        button={{ size: 'compact-xs' }}
      />
    );
  if (!RETRIED.includes(state)) return null;
  return (
    <Asking
      label={said.retry}
      meaning={said.retryMeaning}
      send={() => call('POST', `/mail/${id}/retry`)}
      stale={['/mail']}
      button={{ size: 'compact-xs' }}
    />
  );
}

export function OutboxPage() {
  const [{ state }, change] = useFilters();
  const [read, setRead] = useState<Mail>();
  return (
    <Page title={said.title} lead={said.lead}>
      <NativeSelect
        size="xs"
        maw={420}
        label={said.state}
        value={state ?? ''}
        data={[
          { value: '', label: said.all },
          ...Object.entries(MAIL_STATES).map(([value, meaning]) => ({ value, label: `${value}: ${meaning}` })),
        ]}
        onChange={({ currentTarget }) => change({ state: currentTarget.value })}
      />
      <Listing
        path={`/mail?${queryOf({ state })}`}
        caption={said.title}
        columns={columnsOf(setRead)}
        keyOf={({ id }) => id}
        empty={said.none}
        minWidth={820}
      />
      {read && (
        <Dialog title={read.subject} onClose={() => setRead(undefined)} size="lg">
          <Stack>
            <Facts
              of={[
                [said.to, read.recipient],
                [said.written, <Moment at={read.createdAt} as="time" />],
                [said.attempts, read.attempts],
                [said.attachments, read.attachments.join(', ') || PARTS.none],
              ]}
            />
            <Text component="pre" size="sm" m={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0}>
              {read.body}
            </Text>
          </Stack>
        </Dialog>
      )}
    </Page>
  );
}
