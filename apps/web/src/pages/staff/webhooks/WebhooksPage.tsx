import { Button, Group, Text } from '@mantine/core';
import type { Webhook, WebhookWithSecret } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Told } from '../../../elements/Told.js';
import { useFilters } from '../parts/filters.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { useAdding } from '../parts/useAdding.js';
import { AddWebhook } from './AddWebhook.js';
import { Deliveries } from './Deliveries.js';

const { webhooks: said } = DESK;
type Secret = Wire<typeof WebhookWithSecret>;

/** Endpoints that are told of events, and what was sent to them. Which one's deliveries are shown stands in the address. */
export function WebhooksPage() {
  const [made, setMade] = useState<Secret>();
  const [{ webhook }, go] = useFilters(true);
  const adding = useAdding(said.add, (end) => (
    <AddWebhook
      onEnd={(secret) => {
        end();
        setMade(secret);
      }}
    />
  ));
  return (
    <Page title={said.title} lead={said.lead} action={adding.action}>
      {made && (
        <Told title={said.secret}>
          <Copyable text={made.secret} label={said.secret} block />
        </Told>
      )}
      {adding.form}
      <Listing
        path="/webhooks"
        caption={said.title}
        columns={columnsOf((id) => go({ webhook: id }), setMade)}
        keyOf={({ id }) => id}
        empty={said.none}
        minWidth={900}
      />
      {webhook && <Deliveries key={webhook} webhook={webhook} />}
    </Page>
  );
}

const columnsOf = (show: (id: string) => void, onSecret: (secret: Secret) => void): readonly Column<Webhook>[] => [
  {
    head: said.url,
    cell: ({ url, description }) => (
      <>
        {url}
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      </>
    ),
  },
  { head: said.of, cell: ({ model, publisher }) => model ?? publisher ?? PARTS.portal },
  {
    head: said.state,
    cell: ({ state, reason }) => (
      <>
        <State of={state} />
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      </>
    ),
  },
  { head: said.waiting, cell: ({ pending }) => pending, numeric: true },
  { head: said.failed, cell: ({ failed }) => failed, numeric: true },
  { head: PARTS.actions, silent: true, cell: (webhook) => <Commands webhook={webhook} show={show} onSecret={onSecret} /> },
];

function Commands({
  webhook: { id, state },
  show,
  onSecret,
}: {
  webhook: Webhook;
  show: (id: string) => void;
  onSecret: (secret: Secret) => void;
}) {
  const path = `/webhooks/${id}`;
  const asking = (label: string, meaning: string, send: () => Promise<unknown>) => (
    <Asking label={label} meaning={meaning} send={send} stale={['/webhooks']} button={{ size: 'compact-xs' }} />
  );
  return (
    <Group gap="xs">
      <Button size="compact-xs" variant="default" onClick={() => show(id)}>
        {said.deliveries}
      </Button>
      {state === 'active' && asking(said.pause, said.pauseMeaning, () => call('POST', `${path}/pause`))}
      {state === 'paused' && asking(said.resume, said.resumeMeaning, () => call('POST', `${path}/resume`))}
      {state !== 'ended' && (
        <>
          {asking(said.rotate, said.rotateMeaning, async () => onSecret(await call<Secret>('POST', `${path}/rotate`)))}
          {asking(said.end, said.endMeaning, () => call('DELETE', path))}
        </>
      )}
    </Group>
  );
}
