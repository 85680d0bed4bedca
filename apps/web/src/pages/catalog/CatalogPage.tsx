import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ModelListed } from '@paddock/contracts';
import { usePages } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { More } from '../../elements/More.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';
import { OpennessBar } from './OpennessBar.js';

const { catalog } = words;
type Model = Wire<typeof ModelListed>;

export function CatalogPage() {
  const models = usePages<Model>('/models');
  return (
    <Page title={catalog.title} lead={catalog.lead}>
      <Loaded of={models}>
        {(items) =>
          items.length === 0 ? (
            <Text>
              {catalog.empty} <span>{catalog.emptyWay}</span>
            </Text>
          ) : (
            <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((model) => (
                <li key={model.slug}>
                  <ModelCard model={model} />
                </li>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More of={models} />
    </Page>
  );
}

function ModelCard({ model: { slug, title, summary, admission, license, openness } }: { model: Model }) {
  return (
    <Card withBorder padding="lg">
      <Group justify="space-between" align="start" gap="lg">
        <Stack gap={6} flex="1 1 22rem">
          <Title order={2} size="h4">
            <PageLink to="/models/$model" params={{ model: slug }} inherit>
              {title}
            </PageLink>
          </Title>
          <Text lineClamp={3}>{summary}</Text>
        </Stack>
        <Stack gap={6} flex="0 1 17rem">
          <Text size="sm" fw={600}>
            {catalog.admission[admission ?? 'none']}
          </Text>
          <OpennessBar openness={openness} />
          {license && (
            <PageLink to="/licenses/$license" params={{ license: license.slug }} size="sm">
              {catalog.licenseOf(license.title, license.version)}
            </PageLink>
          )}
        </Stack>
      </Group>
    </Card>
  );
}
