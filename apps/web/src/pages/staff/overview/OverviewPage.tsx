import { Group, NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import type { ModelListed, Overview } from '@paddock/contracts';
import { useState } from 'react';
import { useAnswer, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { OVERVIEW } from '../../../words/staff/overview.js';
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
  const models = usePages<Wire<typeof ModelListed>>('/models?limit=200');
  return (
    <Page title={OVERVIEW.title} lead={OVERVIEW.lead}>
      <Group gap="sm" align="end">
        <NativeSelect
          size="xs"
          label={OVERVIEW.range}
          value={by}
          data={Object.entries(OVERVIEW.ranges).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => change({ by: value })}
        />
        <NativeSelect
          size="xs"
          label={OVERVIEW.model}
          value={model ?? ''}
          data={[
            { value: '', label: OVERVIEW.everyModel },
            ...(models.data ?? []).map(({ slug, title }) => ({ value: slug, label: title })),
          ]}
          onChange={({ currentTarget: { value } }) => change({ model: value })}
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
