import { Text } from '@mantine/core';
import type { Comparison, SinceAccepted } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Differences } from '../../elements/legal/Differences.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { useSearchText } from '../../elements/useSearchText.js';
import { words } from '../../words/index.js';
import { PolicyLinks } from './PolicyLinks.js';

const { legal } = words;

/** What changed between two snapshots of a policy. */
export function ComparePage() {
  const { policy } = useParams({ from: '/policies/$policy/compare' });
  const from = useSearchText('from') ?? '';
  const to = useSearchText('to') ?? '';
  const comparison = useAnswer<Wire<typeof Comparison>>(
    `/policies/${policy}/diff?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
  );
  return (
    <Loaded page of={comparison}>
      {(answer) => <Compared policy={policy} comparison={answer} />}
    </Loaded>
  );
}

/** What changed since one accepted it. */
export function SinceAcceptedPage() {
  const { policy } = useParams({ from: '/policies/$policy/since-accepted' });
  const since = useAnswer<Wire<typeof SinceAccepted>>(`/policies/${policy}/since-accepted`);
  return (
    <Loaded page of={since}>
      {(answer) => (
        <Compared policy={policy} comparison={answer}>
          <Text>
            {`${legal.acceptedOn} `}
            <Moment at={answer.acceptedAt} as="time" />
            {': '}
            <PageLink to="/models/$model" params={{ model: answer.model }}>
              {answer.model}
            </PageLink>
          </Text>
        </Compared>
      )}
    </Loaded>
  );
}

interface Props {
  policy: string;
  comparison: Wire<typeof Comparison>;
  children?: ReactNode;
}

function Compared({ policy, comparison: { from, to, parts, extractor }, children }: Props) {
  return (
    <Page title={`${policy}: ${legal.compare}`}>
      <PolicyLinks policy={policy} />
      {children}
      <Text size="sm" c="dimmed">
        {`${legal.compareFrom} `}
        <Moment at={from.capturedAt} as="time" />
        {` ${legal.compareTo} `}
        <Moment at={to.capturedAt} as="time" />
        {`. ${legal.readBy(extractor)}`}
      </Text>
      {parts.every(({ op }) => op === 'equal') && <Text role="status">{legal.noChange}</Text>}
      <Differences parts={parts} />
    </Page>
  );
}
