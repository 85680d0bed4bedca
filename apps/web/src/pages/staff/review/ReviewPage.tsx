import { Button, Kbd } from '@mantine/core';
import { useState } from 'react';
import { usePages } from '../../../api/hooks.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { REVIEW } from '../../../words/staff/review.js';
import { queryOf, useFilters } from '../parts/filters.js';
import { useKeys } from './keys.js';
import { KeysDialog } from './KeysDialog.js';
import { Queue } from './Queue.js';
import type { Listed } from './QueueList.js';
import { ReviewFilters, SEARCH_FIELD } from './ReviewFilters.js';

/** The review queue, made for the keyboard. */
export function ReviewPage() {
  const [filters, change] = useFilters();
  const [keys, setKeys] = useState(false);
  const { show, model, assigned, order, q } = filters;
  const asked = { awaiting: show === 'everything' ? undefined : 'true', model, assigned, q, order: order ?? 'waiting' };
  const pages = usePages<Listed>(`/access-requests?${queryOf({ scope: 'review', limit: 50, ...asked })}`);
  useKeys({ '?': () => setKeys(true), '/': () => document.getElementById(SEARCH_FIELD)?.focus() });
  return (
    <Page
      title={REVIEW.title}
      lead={REVIEW.lead}
      action={
        <Button variant="default" size="xs" rightSection={<Kbd size="xs">?</Kbd>} onClick={() => setKeys(true)}>
          {REVIEW.keys.show}
        </Button>
      }
    >
      <ReviewFilters filters={filters} onChange={change} />
      <Loaded of={pages}>
        {(items) => <Queue items={items} more={pages.hasNextPage} reading={pages.isFetching} onMore={() => void pages.fetchNextPage()} />}
      </Loaded>
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
    </Page>
  );
}
