import { Text } from '@mantine/core';
import type { DeletionStatement, GrantReview } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';

const { grantReviews: said } = DESK;
type Review = Wire<typeof GrantReview>;
type Deletion = Wire<typeof DeletionStatement>;

const MODEL = {
  head: said.model,
  cell: ({ model }: { model: string }) => (
    <PageLink to="/models/$model" params={{ model }}>
      {model}
    </PageLink>
  ),
};
const LICENSEE = { head: said.licensee, cell: ({ licensee }: { licensee: string | null }) => licensee ?? PARTS.erased };
const CAUSE = { head: said.cause, cell: ({ cause }: Review) => said.causes[cause] };

const OPEN: readonly Column<Review>[] = [
  MODEL,
  LICENSEE,
  { head: said.grant, cell: ({ grant }) => <code className="digest">{grant}</code> },
  CAUSE,
  { head: said.since, cell: ({ openedAt }) => <Moment at={openedAt} /> },
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id }) => (
      <Asking
        label={said.close}
        meaning={said.closeMeaning}
        reason={said.note}
        send={(note) => call('POST', `/grant-reviews/${id}/close`, { body: { note } })}
        stale={['/grant-reviews']}
        button={{ size: 'compact-xs' }}
      />
    ),
  },
];
const CLOSED: readonly Column<Review>[] = [
  MODEL,
  LICENSEE,
  CAUSE,
  { head: said.closedAt, cell: ({ closedAt }) => <Moment at={closedAt} /> },
  { head: said.by, cell: ({ by }) => by ?? PARTS.erased },
  {
    head: said.note,
    cell: ({ note }) => (
      <Text size="sm" className="said">
        {note}
      </Text>
    ),
  },
];
const DELETIONS: readonly Column<Deletion>[] = [
  MODEL,
  LICENSEE,
  { head: said.ended, cell: ({ cause }) => said.ends[cause] },
  { head: said.due, cell: ({ dueAt }) => <Moment at={dueAt} /> },
];

/** Grants to look at again, and copies whose deletion is still to be stated. */
export function GrantReviewsPage() {
  const reviews = (state: string, title: string, columns: readonly Column<Review>[], empty?: string) => (
    <Section title={title}>
      <Listing
        path={`/grant-reviews?state=${state}`}
        caption={title}
        columns={columns}
        keyOf={({ id }) => id}
        {...(empty && { empty })}
        minWidth={760}
      />
    </Section>
  );
  const deletions = (state: string, title: string, empty: string) => (
    <Section title={title}>
      <Listing
        path={`/deletion-statements?scope=review&state=${state}`}
        caption={title}
        columns={DELETIONS}
        keyOf={({ grant }) => grant}
        empty={empty}
      />
    </Section>
  );
  return (
    <Page title={said.title} lead={said.lead}>
      {reviews('open', said.open, OPEN, said.none)}
      {deletions('overdue', said.overdue, said.noneOverdue)}
      {deletions('outstanding', said.outstanding, said.noneOutstanding)}
      {reviews('closed', said.closed, CLOSED)}
    </Page>
  );
}
