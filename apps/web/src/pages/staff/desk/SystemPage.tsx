import type { SystemStanding } from '@paddock/contracts';
import { MAIL_STATES } from '@paddock/domain';
import type { ReactNode } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Facts } from '../../../elements/Facts.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';

const { system: said } = DESK;
const REFRESH_MS = 10_000;

/** Reason, what was found, and what an operator does about it. */
function halt({ reason, detail, remedy }: NonNullable<SystemStanding['ledger']['halted']>): [string, ReactNode] {
  return [
    said.halted,
    <>
      <State of="failed">{reason}</State> {detail}. {remedy}
    </>,
  ];
}

/** How the portal stands, read anew every ten seconds. */
export function SystemPage() {
  const standing = useAnswer<Wire<typeof SystemStanding>>('/system', { refetchInterval: REFRESH_MS });
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={standing}>{(now) => <Standing now={now} />}</Loaded>
    </Page>
  );
}

function Standing({
  now: { state, database, store, startedAt, ledger, mail, webhooks, captures, uploads },
}: {
  now: Wire<typeof SystemStanding>;
}) {
  const up = (is: 'up' | 'down') => <State of={is === 'up' ? 'active' : 'failed'}>{said[is]}</State>;
  const since = (at: string | null) =>
    at && (
      <>
        , {said.oldest} <Moment at={at} as="time" />
      </>
    );
  return (
    <>
      <Section title={said.state}>
        <Facts
          of={[
            [said.state, <State of={state === 'ready' ? 'active' : 'failed'}>{said.states[state]}</State>],
            [said.database, up(database)],
            [said.store, up(store)],
            [said.startedAt, <Moment at={startedAt} as="time" />],
            [said.uploads, uploads],
          ]}
        />
      </Section>
      <Section title={said.ledger}>
        <Facts
          of={[
            ...(ledger.halted ? [halt(ledger.halted)] : []),
            [said.size, ledger.size.toLocaleString()],
            [said.checkpointAt, ledger.checkpointAt ? <Moment at={ledger.checkpointAt} as="time" /> : PARTS.none],
            [said.cosignatures, ledger.cosignatures],
            [
              said.waiting,
              <>
                {ledger.waiting.toLocaleString()}
                {since(ledger.oldestWaitingAt)}
              </>,
            ],
          ]}
        />
      </Section>
      <Section title={said.mail}>
        <Rows
          caption={said.mail}
          columns={[
            {
              head: said.state,
              cell: (row) => (
                <PageLink to="/outbox" search={{ state: row.state }}>
                  {row.state}
                </PageLink>
              ),
            },
            { head: said.meaning, cell: (row) => MAIL_STATES[row.state] },
            { head: said.count, cell: ({ count }) => count.toLocaleString(), numeric: true },
            { head: said.oldest, cell: ({ oldest }) => <Moment at={oldest} as="time" /> },
          ]}
          items={mail}
          keyOf={(row) => row.state}
          empty={said.noMail}
        />
      </Section>
      <Section title={said.webhooks}>
        <Facts
          of={[
            [
              said.pending,
              <>
                {webhooks.pending.toLocaleString()}
                {since(webhooks.oldestPendingAt)}
              </>,
            ],
            [said.failed, webhooks.failed.toLocaleString()],
          ]}
        />
      </Section>
      <Section title={said.captures}>
        <Rows
          caption={said.captures}
          columns={[
            {
              head: said.policy,
              cell: ({ policy }) => (
                <PageLink to="/legal/policies/$policy" params={{ policy }}>
                  {policy}
                </PageLink>
              ),
            },
            { head: said.at, cell: ({ at }) => <Moment at={at} as="time" /> },
            { head: said.reason, cell: ({ reason }) => reason },
          ]}
          items={captures}
          keyOf={({ policy }) => policy}
          empty={said.noCaptures}
        />
      </Section>
    </>
  );
}
