import { List } from '@mantine/core';
import type { ErasureListed } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { State } from '../../../elements/State.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { Holds } from './Holds.js';
import { RetentionRules } from './RetentionRules.js';

const ERASURES: readonly Column<Wire<typeof ErasureListed>>[] = [
  { head: said.account, cell: ({ account }) => <code className="digest">{account}</code> },
  { head: said.state, cell: ({ state }) => <State of={state === 'erased' ? 'closed' : state}>{said.erasureStates[state]}</State> },
  { head: said.asked, cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  { head: said.ended, cell: ({ endedAt }) => <Moment at={endedAt} /> },
  { head: said.erased, cell: ({ erasedAt }) => <Moment at={erasedAt} /> },
  {
    head: said.kept,
    cell: ({ kept }) =>
      kept.length > 0 && (
        <List size="sm">
          {kept.map(({ acceptance, model, until, why }) => (
            <List.Item key={acceptance}>
              {model}: {until ? <Moment at={until} /> : PARTS.noEnd} ({said.why[why]})
            </List.Item>
          ))}
        </List>
      ),
  },
];

/** How long records of people are kept, what holds them, and who is being erased. */
export function RetentionPage() {
  return (
    <Page title={said.title} lead={said.lead}>
      <RetentionRules />
      <Holds />
      <Section title={said.erasures}>
        <Listing
          path="/erasures"
          caption={said.erasures}
          columns={ERASURES}
          keyOf={({ account }) => account}
          empty={said.noErasures}
          minWidth={900}
        />
      </Section>
    </Page>
  );
}
