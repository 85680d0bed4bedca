import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Referee as RefereeSchema } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Refusal } from '../../../elements/Refusal.js';
import { State } from '../../../elements/State.js';
import { Told } from '../../../elements/Told.js';
import { ACCESS } from '../../../words/access.js';

const { prerequisites: said } = ACCESS;
type Referee = Wire<typeof RefereeSchema>;

/** Whom one named as somebody who knows one, and naming another. */
export function Referees({ model }: { model: string }) {
  const path = `/models/${model}/referees`;
  const named = useAnswer<{ items: Referee[] }>(path);
  const [given, setGiven] = useState({ name: '', email: '' });
  const ask = useCommand<Referee>(() => call('POST', path, { body: given }), {
    stale: [`/models/${model}`],
    onDone: () => setGiven({ name: '', email: '' }),
  });
  return (
    <Stack component="section" aria-label={said.referees}>
      <Title order={2} size="h4">
        {said.referees}
      </Title>
      <Text maw="65ch">{said.refereesLead}</Text>
      <Loaded of={named}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{said.refereeNone}</Text>
          ) : (
            <Stack gap="sm">
              {items.map((referee) => (
                <Named key={referee.id} referee={referee} model={model} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.run();
        }}
      >
        <Stack gap="sm" maw="40ch">
          {ask.answer && <Told title={said.refereeAsked(ask.answer.name ?? '')} />}
          {ask.refused && <Refusal problem={ask.refused} />}
          <TextInput
            label={said.refereeName}
            required
            withAsterisk={false}
            maxLength={100}
            value={given.name}
            onChange={({ currentTarget }) => setGiven({ ...given, name: currentTarget.value })}
          />
          <TextInput
            label={said.refereeEmail}
            type="email"
            required
            withAsterisk={false}
            maxLength={254}
            value={given.email}
            onChange={({ currentTarget }) => setGiven({ ...given, email: currentTarget.value })}
          />
          <Group>
            <Button type="submit" loading={ask.running}>
              {said.refereeAsk}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function Named({ referee: { id, name, email, state, expiresAt }, model }: { referee: Referee; model: string }) {
  const stale = { stale: [`/models/${model}`] };
  const again = useCommand(() => call('POST', `/referees/${id}/resend`), stale);
  const withdraw = useCommand(() => call('DELETE', `/referees/${id}`), stale);
  const refused = again.refused ?? withdraw.refused;
  const open = state === 'waiting' || state === 'expired';
  return (
    <Stack gap={4}>
      <Group gap="md">
        <Text size="sm">{[name, email].filter(Boolean).join(', ')}</Text>
        <State of={state}>{said.refereeStates[state] ?? state}</State>
        {state === 'waiting' && (
          <Text size="sm" c="dimmed">
            {said.refereeUntil} <Moment at={expiresAt} />
          </Text>
        )}
        {open && (
          <Button size="compact-xs" variant="default" onClick={() => again.run()} loading={again.running}>
            {said.refereeAgain}
          </Button>
        )}
        {open && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => withdraw.run()} loading={withdraw.running}>
            {said.refereeWithdraw}
          </Button>
        )}
      </Group>
      {refused && <Refusal problem={refused} />}
    </Stack>
  );
}
