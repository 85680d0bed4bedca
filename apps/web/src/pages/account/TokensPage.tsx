import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { OrganizationListed, TokenCreated, TokenListed } from '@paddock/contracts';
import { TOKEN_SCOPES } from '@paddock/domain';
import { useState } from 'react';
import { call } from '../../api/client.js';
import { useAnswer, useCommand } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { ErrorSummary, type Fault } from '../../elements/ErrorSummary.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { Page } from '../../elements/Page.js';
import { Rows } from '../../elements/Rows.js';
import { Refusal } from '../../elements/Refusal.js';
import { Section } from '../../elements/Section.js';
import { State } from '../../elements/State.js';
import { SureButton } from '../../elements/SureButton.js';
import { Told } from '../../elements/Told.js';
import { words } from '../../words/index.js';
import { OWN } from '../../words/own.js';

const { tokens: said } = OWN;
const NAME = 'token-name';
const SCOPES = 'token-scopes';
const NOTHING = { name: '', scopes: [] as string[], licensee: '', ends: '' };

export function TokensPage() {
  const tokens = useAnswer<{ items: Wire<typeof TokenListed>[] }>('/tokens');
  const revoke = useCommand((id: string) => call('DELETE', `/tokens/${id}`), { stale: ['/tokens'] });
  return (
    <Page title={said.title} lead={said.lead}>
      {revoke.refused && <Refusal problem={revoke.refused} />}
      <Loaded of={tokens}>
        {({ items }) => (
          <Rows
            caption={said.title}
            columns={[
              { head: said.name, cell: ({ name }) => name },
              { head: said.scopes, cell: ({ scopes }) => scopes.join(', ') },
              { head: said.state, cell: ({ state }) => <State of={state}>{said.states[state]}</State> },
              { head: said.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
              { head: said.ends, cell: ({ expiresAt }) => (expiresAt ? <Moment at={expiresAt} /> : said.noEnd) },
              {
                head: words.frame.actions,
                silent: true,
                cell: ({ id, name, state }) =>
                  state === 'active' && (
                    <SureButton ask={said.revokeAsk(name)} of={name} onSure={() => revoke.run(id)}>
                      {said.revoke}
                    </SureButton>
                  ),
              },
            ]}
            items={items}
            keyOf={({ id }) => id}
            empty={said.none}
            minWidth={680}
          />
        )}
      </Loaded>
      <Make />
    </Page>
  );
}

function Make() {
  const organizations = useAnswer<{ items: Wire<typeof OrganizationListed>[] }>('/organizations');
  const [given, setGiven] = useState(NOTHING);
  const [faults, setFaults] = useState<Fault[]>([]);
  const make = useCommand(
    () =>
      call<Wire<typeof TokenCreated>>('POST', '/tokens', {
        body: {
          name: given.name,
          scopes: given.scopes,
          ...(given.licensee && { licensee: given.licensee }),
          ...(given.ends && { expiresAt: new Date(given.ends).toISOString() }),
        },
      }),
    { stale: ['/tokens'], onDone: () => setGiven(NOTHING) },
  );
  const send = () => {
    const missing = [
      ...(given.name.trim() ? [] : [{ control: NAME, label: said.name, why: said.nameMissing }]),
      ...(given.scopes.length > 0 ? [] : [{ control: SCOPES, label: said.scopes, why: said.scopeMissing }]),
    ];
    setFaults(missing);
    if (missing.length === 0) make.run();
  };
  return (
    <Section title={said.make}>
      {make.answer && (
        <Told title={said.made}>
          <Copyable text={make.answer.token} label={make.answer.name} />
          <Text size="sm">{said.madeWay}</Text>
        </Told>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack maw="30rem">
          <ErrorSummary faults={faults} />
          {make.refused && <Refusal problem={make.refused} />}
          <TextInput
            id={NAME}
            label={said.name}
            description={said.nameHelp}
            maxLength={100}
            value={given.name}
            onChange={({ currentTarget }) => setGiven({ ...given, name: currentTarget.value })}
          />
          <Checkbox.Group
            id={SCOPES}
            label={said.scopes}
            description={said.scopesHelp}
            value={given.scopes}
            onChange={(scopes) => setGiven({ ...given, scopes })}
          >
            <Stack gap={6} mt="xs">
              {TOKEN_SCOPES.map((scope) => (
                <Checkbox key={scope} value={scope} label={said.scopeWords[scope] ?? scope} />
              ))}
            </Stack>
          </Checkbox.Group>
          {(organizations.data?.items.length ?? 0) > 0 && (
            <NativeSelect
              label={said.forWhom}
              value={given.licensee}
              data={[
                { value: '', label: said.forAll },
                ...organizations.data!.items.map(({ licensee, legalName }) => ({ value: licensee, label: legalName })),
              ]}
              onChange={({ currentTarget }) => setGiven({ ...given, licensee: currentTarget.value })}
            />
          )}
          <TextInput
            type="date"
            label={said.ends}
            value={given.ends}
            onChange={({ currentTarget }) => setGiven({ ...given, ends: currentTarget.value })}
          />
          <Group>
            <Button type="submit" loading={make.running}>
              {said.make}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
