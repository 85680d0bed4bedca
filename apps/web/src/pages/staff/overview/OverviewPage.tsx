import { Group, NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import type { Overview } from '@paddock/contracts';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { OVERVIEW } from '../../../words/staff/overview.js';
import { ModelSelect } from '../parts/ModelSelect.js';
import { queryOf, useFilters } from '../parts/filters.js';
import { AcceptancesFigure, DownloadsFigure, RefusalsFigure } from './CountFigures.js';
import { RequestsFigure, WaitFigure } from './RequestFigures.js';

const DAY_MS = 86_400_000;
const LENGTHS = { day: 30 * DAY_MS, week: 12 * 7 * DAY_MS, month: 365 * DAY_MS } as const;
type Range = keyof typeof LENGTHS;

/** Where staff begin: what happened lately, and how long people wait. */
export function OverviewPage() {
  const [filters, change] = useFilters();
  const by = filters['by'] && filters['by'] in LENGTHS ? (filters['by'] as Range) : 'week';
  // To the hour, so that coming back to the page does not ask for another time each second.
  const [now] = useState(() => Math.ceil(Date.now() / 3_600_000) * 3_600_000);
  const from = new Date(now - LENGTHS[by]).toISOString();
  const { model } = filters;
  const overview = useAnswer<Wire<typeof Overview>>(`/overview?${queryOf({ by, from, model })}`, { keep: true });
  return (
    <Page title={OVERVIEW.title} lead={OVERVIEW.lead}>
      <Group gap="sm" align="end">
        <NativeSelect
          size="xs"
          label={OVERVIEW.range}
          value={by}
          data={choices(OVERVIEW.ranges)}
          onChange={({ currentTarget: { value } }) => change({ by: value })}
        />
        <ModelSelect
          size="xs"
          label={OVERVIEW.model}
          none={OVERVIEW.everyModel}
          value={model ?? ''}
          onChange={(chosen) => change({ model: chosen })}
        />
      </Group>
      <Loaded of={overview}>
        {({ requests, acceptances, downloads, refusals }) => (
          <Stack>
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              <RequestsFigure requests={requests} />
              <WaitFigure requests={requests} />
              <AcceptancesFigure acceptances={acceptances} />
              <RefusalsFigure refusals={refusals} />
            </SimpleGrid>
            <DownloadsFigure downloads={downloads} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
