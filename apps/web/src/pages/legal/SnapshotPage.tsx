import type { Policy, Snapshot } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer, usePages } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { NotFound } from '../../app/Frame.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { State } from '../../elements/State.js';
import { words } from '../../words/index.js';
import { PolicyLinks } from './PolicyLinks.js';
import { SnapshotShown } from './SnapshotShown.js';
import { useEffect } from 'react';

/** One dated snapshot, by the moment in its address. */
export function SnapshotPage() {
  const { policy: slug, moment } = useParams({ from: '/policies/$policy/snapshots/$moment' });
  const policy = useAnswer<Wire<typeof Policy>>(`/policies/${slug}`);
  const snapshots = usePages<Wire<typeof Snapshot>>(`/policies/${slug}/snapshots?limit=200`);
  const found = snapshots.data?.find(({ memento }) => decodeURIComponent(memento).endsWith(`/snapshots/${moment}`));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = snapshots;
  useEffect(() => {
    if (!found && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [found, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Loaded page of={policy}>
      {({ title }) => (
        <Loaded of={snapshots}>
          {() => {
            if (!found) return hasNextPage ? words.frame.loading : <NotFound />;
            return (
              <Page title={title} action={<State of={found.state} />}>
                <PolicyLinks policy={slug} />
                <SnapshotShown snapshot={found} />
              </Page>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
