import { NativeSelect } from '@mantine/core';
import type { AuditKindName, Counts, CountedBy } from '@paddock/contracts';
import { lazy, useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { Loaded } from '../../../elements/Loaded.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { Figure } from '../charts/Figure.js';
import { queryOf, type Filters } from '../parts/filters.js';

const Bars = lazy(() => import('../charts/Bars.js'));

/** How many rows the filters find, over time. */
export function OverTime({ kind, filters }: { kind: AuditKindName; filters: Filters }) {
  const [by, setBy] = useState<CountedBy>('day');
  const { sealed: _, ...asked } = filters;
  const counts = useAnswer<Wire<typeof Counts>>(`/audit/${kind}/counts?${queryOf({ ...asked, by })}`, { keep: true });
  const title = `${AUDIT.kinds[kind].title}: ${AUDIT.overTime.toLowerCase()}`;
  return (
    <>
      <NativeSelect
        size="xs"
        maw={160}
        label={AUDIT.countedBy}
        value={by}
        data={choices(AUDIT.counts)}
        onChange={({ currentTarget: { value } }) => setBy(value as CountedBy)}
      />
      <Loaded of={counts}>
        {({ items }) => (
          <Figure
            title={title}
            name={`${kind}-by-${by}`}
            figures={{ head: [AUDIT.columns['from']!, AUDIT.count], rows: items.map(({ from, count }) => [from.slice(0, 10), count]) }}
          >
            <Bars
              label={title}
              by="from"
              data={items.map(({ from, count }) => ({ from: from.slice(0, 10), count }))}
              series={[{ name: 'count', label: AUDIT.count, color: 'meadow.7' }]}
              height={180}
            />
          </Figure>
        )}
      </Loaded>
    </>
  );
}
