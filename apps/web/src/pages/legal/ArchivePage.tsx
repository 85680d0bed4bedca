import { Group, Text, Timeline } from '@mantine/core';
import type { Policy, Snapshot } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer, usePages } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { More } from '../../elements/More.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { State } from '../../elements/State.js';
import { words } from '../../words/index.js';
import { InForceOn } from './InForceOn.js';
import { PolicyLinks } from './PolicyLinks.js';
import { SnapshotFiles } from './SnapshotShown.js';

const { legal } = words;

/** Every dated snapshot, the latest first. */
export function ArchivePage() {
  const { policy: slug } = useParams({ from: '/policies/$policy/archive' });
  const policy = useAnswer<Wire<typeof Policy>>(`/policies/${slug}`);
  const snapshots = usePages<Wire<typeof Snapshot>>(`/policies/${slug}/snapshots`);
  return (
    <Loaded page of={policy}>
      {({ title, sourceUrl }) => (
        <Page title={`${title}: ${legal.archive}`} lead={sourceUrl ? `${legal.source}: ${sourceUrl}` : legal.writtenHere}>
          <PolicyLinks policy={slug} />
          <InForceOn policy={slug} />
          <Loaded of={snapshots}>
            {(items) => (
              <Timeline bulletSize={14} lineWidth={2} active={-1}>
                {items.map((snapshot, index) => (
                  <Timeline.Item key={snapshot.id} title={<SnapshotLink snapshot={snapshot} policy={slug} />}>
                    <Entry policy={slug} snapshot={snapshot} earlier={items[index + 1]} />
                  </Timeline.Item>
                ))}
              </Timeline>
            )}
          </Loaded>
          <More of={snapshots} />
        </Page>
      )}
    </Loaded>
  );
}

type Shown = Wire<typeof Snapshot>;

function SnapshotLink({ snapshot: { memento, capturedAt, state }, policy }: { snapshot: Shown; policy: string }) {
  const moment = decodeURIComponent(memento.slice(memento.lastIndexOf('/') + 1));
  return (
    <Group gap="xs">
      <PageLink to="/policies/$policy/snapshots/$moment" params={{ policy, moment }}>
        <Moment at={capturedAt} as="time" />
      </PageLink>
      <State of={state} />
    </Group>
  );
}

function Entry({ policy, snapshot, earlier }: { policy: string; snapshot: Shown; earlier: Shown | undefined }) {
  const { id, effectiveFrom, reacceptance, reacceptFrom, dismissReason } = snapshot;
  return (
    <>
      <Text size="sm">
        {effectiveFrom ? `${legal.boundFrom} ` : legal.notBinding}
        <Moment at={effectiveFrom} as="time" />
        {reacceptance && `; ${legal.reacceptance[reacceptance]} `}
        <Moment at={reacceptFrom} />
      </Text>
      {dismissReason && <Text size="sm">{dismissReason}</Text>}
      {earlier && (
        <PageLink to="/policies/$policy/compare" params={{ policy }} search={{ from: earlier.id, to: id }} size="sm">
          {legal.changesTo}
        </PageLink>
      )}
      <SnapshotFiles snapshot={snapshot} />
    </>
  );
}
