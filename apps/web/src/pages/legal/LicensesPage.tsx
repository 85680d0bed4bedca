import { Stack, Text, Title } from '@mantine/core';
import type { LicenseListed } from '@paddock/contracts';
import { usePages } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { More } from '../../elements/More.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

const { legal } = words;

export function LicensesPage() {
  const licenses = usePages<Wire<typeof LicenseListed>>('/licenses?kind=standard');
  return (
    <Page title={legal.licenses} lead={legal.licensesLead}>
      <Loaded of={licenses}>
        {(items) => (
          <Stack gap="md">
            {items.length === 0 && <Text>{words.frame.nothing}</Text>}
            {items.map(({ slug, title, publisher, current, models }) => (
              <div key={slug}>
                <Title order={2} size="h4">
                  <PageLink to="/licenses/$license" params={{ license: slug }} inherit>
                    {title}
                  </PageLink>
                </Title>
                <Text size="sm" c="dimmed">
                  {publisher}
                  {current && (
                    <>
                      {` · ${legal.version(current.n)}, ${legal.inForceSince} `}
                      <Moment at={current.effectiveFrom} />
                    </>
                  )}
                  {models.length > 0 && ` · ${legal.usedBy(models.length)}`}
                </Text>
              </div>
            ))}
          </Stack>
        )}
      </Loaded>
      <More of={licenses} />
    </Page>
  );
}
