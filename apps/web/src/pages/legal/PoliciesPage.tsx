import { Stack, Text, Title } from '@mantine/core';
import type { PolicyListed } from '@paddock/contracts';
import { usePages } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { More } from '../../elements/More.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

const { legal } = words;

export function PoliciesPage() {
  const policies = usePages<Wire<typeof PolicyListed>>('/policies');
  return (
    <Page title={legal.policies} lead={legal.policiesLead}>
      <Loaded of={policies}>
        {(items) => (
          <Stack gap="md">
            {items.length === 0 && <Text>{words.frame.nothing}</Text>}
            {items.map(({ slug, title, publisher, sourceUrl }) => (
              <div key={slug}>
                <Title order={2} size="h4">
                  <PageLink to="/policies/$policy" params={{ policy: slug }} inherit>
                    {title}
                  </PageLink>
                </Title>
                <Text size="sm" c="dimmed">
                  {`${publisher} · ${sourceUrl ? `${legal.source}: ${sourceUrl}` : legal.writtenHere}`}
                </Text>
              </div>
            ))}
          </Stack>
        )}
      </Loaded>
      <More of={policies} />
    </Page>
  );
}
