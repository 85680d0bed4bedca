import { Anchor, Group } from '@mantine/core';
import { usePerson } from '../../api/person.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

const { legal } = words;

/** The ways through one policy. */
export function PolicyLinks({ policy }: { policy: string }) {
  const person = usePerson();
  return (
    <Group component="nav" aria-label={legal.policyNav} gap="md" className="no-print">
      <PageLink to="/policies/$policy" params={{ policy }} size="sm">
        {legal.textInForce}
      </PageLink>
      <PageLink to="/policies/$policy/archive" params={{ policy }} size="sm">
        {legal.archive}
      </PageLink>
      {person && (
        <PageLink to="/policies/$policy/since-accepted" params={{ policy }} size="sm">
          {legal.sinceAccepted}
        </PageLink>
      )}
      <Anchor href={`/policies/${policy}/feed.atom`} size="sm">
        {legal.feed}
      </Anchor>
    </Group>
  );
}
