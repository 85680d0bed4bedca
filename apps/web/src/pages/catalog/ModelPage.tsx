import { Grid, Stack, Text } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';
import { AskedBefore } from './AskedBefore.js';
import { ModelCardText } from './ModelCardText.js';
import { OpennessBar } from './OpennessBar.js';
import { ReleasesTable } from './ReleasesTable.js';
import { WayIn } from './WayIn.js';

const { catalog } = words;

export function ModelPage() {
  const { model: slug } = useParams({ from: '/models/$model' });
  return (
    <Loaded page of={useAnswer<Wire<typeof Model>>(`/models/${slug}`)}>
      {(model) => <Shown model={model} />}
    </Loaded>
  );
}

function Shown({ model }: { model: Wire<typeof Model> }) {
  const newest = model.releases.find(({ state }) => state === 'published');
  return (
    <Page title={model.title} lead={model.summary}>
      <WayIn model={model} />
      <Section title={catalog.releases}>
        <ReleasesTable model={model} />
      </Section>
      <Grid gap="xl" mih={560}>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Section title={catalog.card}>
            {newest ? <ModelCardText model={model.slug} release={newest.name} /> : <Text c="dimmed">{catalog.noCard}</Text>}
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <AskedBefore model={model} />
            <Section title={catalog.license}>
              {model.license ? (
                <PageLink to="/licenses/$license" params={{ license: model.license.slug }}>
                  {catalog.licenseOf(model.license.title, model.license.version)}
                </PageLink>
              ) : (
                <Text>{catalog.noLicense}</Text>
              )}
            </Section>
            <Section title={catalog.openness}>
              <OpennessBar openness={model.openness} />
              {newest && (
                <PageLink
                  to="/models/$model/releases/$release"
                  params={{ model: model.slug, release: newest.name }}
                  hash="openness"
                  size="sm"
                >
                  {catalog.opennessFigure}
                </PageLink>
              )}
            </Section>
            <Section title={catalog.publisher}>
              <Text>{model.publisher}</Text>
            </Section>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
