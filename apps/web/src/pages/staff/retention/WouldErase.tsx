import type { RetentionDryRun } from '@paddock/contracts';
import { Moment } from '../../../elements/Moment.js';
import { State } from '../../../elements/State.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { Rows } from '../../../elements/Rows.js';

/** What the rules, or another one, would erase now. */
export function WouldErase({ run: { items } }: { run: RetentionDryRun }) {
  return (
    <Rows
      caption={said.wouldErase}
      columns={[
        { head: said.kind, cell: ({ kind }) => <State of="expired">{kind}</State> },
        { head: said.wouldErase, cell: ({ rows }) => rows.toLocaleString(), numeric: true },
        { head: said.held, cell: ({ held }) => held.toLocaleString(), numeric: true },
        { head: said.oldest, cell: ({ oldest }) => <Moment at={oldest} /> },
        { head: said.newest, cell: ({ newest }) => <Moment at={newest} /> },
      ]}
      items={items}
      keyOf={({ kind }) => kind}
    />
  );
}
