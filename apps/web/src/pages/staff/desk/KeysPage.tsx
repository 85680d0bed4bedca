import { Group, List, Text } from '@mantine/core';
import { ENDED_AT_ONCE, PORTAL_KEYS, type KeyStanding, type KeyStandings } from '@paddock/contracts';
import type { ReactNode } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Facts } from '../../../elements/Facts.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { Section } from '../../../elements/Section.js';
import { State } from '../../../elements/State.js';
import { KEYS as said } from '../../../words/staff/keys.js';
import { Asking } from '../parts/Asking.js';

const PATH = '/system/keys';
const REFRESH_MS = 10_000;

type Key = Wire<typeof KeyStanding>;

/** Each key of the portal: what names it, since when, what is still taken, and a new one in its place. */
export function KeysPage() {
  const standings = useAnswer<Wire<typeof KeyStandings>>(PATH, { refetchInterval: REFRESH_MS });
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={standings}>
        {({ items }) => (
          <>
            {items.map((key) => (
              <Section key={key.name} title={said.names[key.name]} lead={PORTAL_KEYS[key.name]} action={<Rotations of={key} />}>
                <Standing of={key} />
              </Section>
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ of: { id, since, former, steps } }: { of: Key }) {
  const kept = former.map((one): [string, ReactNode] => [`${said.former}: ${one.id}`, <End of={one} />]);
  return (
    <>
      <Facts of={[[said.id, id ?? said.none], [said.since, since && <Moment at={since} as="time" />], ...kept]} />
      {steps.length > 0 && (
        <>
          <Text size="sm">{said.steps}</Text>
          <List type="ordered" size="sm" maw="80ch">
            {steps.map(({ text, state }) => (
              <List.Item key={text}>
                <State of={state === 'done' ? 'active' : 'pending'}>{said.states[state]}</State> {text}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </>
  );
}

function End({ of: { until, waiting } }: { of: Key['former'][number] }) {
  if (until)
    return (
      <>
        {said.until} <Moment at={until} as="time" />
      </>
    );
  return waiting === null ? said.open : said.waiting(waiting.toLocaleString());
}

function Rotations({ of: { name, rotates } }: { of: Key }) {
  if (rotates !== 'here') return null;
  const send = (immediately: boolean) => () => call('POST', `${PATH}/${name}/rotate`, { body: { immediately } });
  const named = said.names[name];
  return (
    <Group gap="xs">
      <Asking
        label={said.rotate}
        meaning={PORTAL_KEYS[name]}
        send={send(false)}
        stale={[PATH]}
        button={{ 'aria-label': said.rotateNamed(named) }}
      />
      {ENDED_AT_ONCE.includes(name) && (
        <Asking
          label={said.immediately}
          meaning={`${said.immediatelyMeaning} ${PORTAL_KEYS[name]}`}
          send={send(true)}
          stale={[PATH]}
          grave
          button={{ 'aria-label': `${said.immediately}: ${named}` }}
        />
      )}
    </Group>
  );
}
