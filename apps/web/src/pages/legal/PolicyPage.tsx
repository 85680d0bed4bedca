import { Alert, Text } from '@mantine/core';
import type { Policy } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { useSearchText } from '../../elements/useSearchText.js';
import { words } from '../../words/index.js';
import { InForceOn } from './InForceOn.js';
import { PolicyLinks } from './PolicyLinks.js';
import { SnapshotShown } from './SnapshotShown.js';

const { legal } = words;

/** The text in force now. */
export function PolicyPage() {
  const { policy } = useParams({ from: '/policies/$policy' });
  return <PolicyAt slug={policy} />;
}

/** The text in force at the end of a day. */
export function PolicyInForcePage() {
  const { policy } = useParams({ from: '/policies/$policy/in-force' });
  const on = useSearchText('on');
  return <PolicyAt slug={policy} {...(on && { on })} />;
}

function PolicyAt({ slug, on }: { slug: string; on?: string }) {
  const policy = useAnswer<Wire<typeof Policy>>(`/policies/${slug}${on ? `?on=${encodeURIComponent(on)}T23:59:59.999Z` : ''}`);
  return (
    <Loaded page of={policy}>
      {({ title, current, pending }) => (
        <Page title={title} {...(on && { lead: `${legal.inForceOn} ${on}` })}>
          <PolicyLinks policy={slug} />
          <InForceOn policy={slug} {...(on && { on })} />
          {pending > 0 && !on && <Alert color="yellow">{legal.pending}</Alert>}
          {current ? <SnapshotShown snapshot={current} /> : <Text>{legal.notInForce}</Text>}
        </Page>
      )}
    </Loaded>
  );
}
