import { Badge, Group, List, Text } from '@mantine/core';
import type { Model, ReleaseListed } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { size } from '../../../elements/sizes.js';
import { State } from '../../../elements/State.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { useAdding } from '../parts/useAdding.js';
import { NewRelease } from './NewRelease.js';
import { Terms } from './Terms.js';

type Shown = Wire<typeof Model>;

export function PublishModelPage() {
  const { model } = useParams({ from: '/publishing/$model' });
  return (
    <Loaded page of={useAnswer<Shown>(`/models/${model}`)}>
      {(shown) => <OneModel model={shown} />}
    </Loaded>
  );
}

function OneModel({ model }: { model: Shown }) {
  const making = useAdding(PUBLISHING.newRelease, (end) => <NewRelease model={model.slug} onCancel={end} />);
  const to = { params: { model: model.slug }, size: 'sm' } as const;
  return (
    <Page title={model.title} lead={model.summary}>
      <Group gap="lg">
        <PageLink to="/models/$model" {...to}>
          {PUBLISHING.page}
        </PageLink>
        <PageLink to="/models/$model/forms" {...to}>
          {PUBLISHING.forms}
        </PageLink>
        <PageLink to="/models/$model/rules" {...to}>
          {PUBLISHING.rules}
        </PageLink>
      </Group>
      <Steps model={model} />
      <Section title={PUBLISHING.releases} action={making.action}>
        {making.form}
        <Rows
          caption={PUBLISHING.releases}
          columns={columnsOf(model.slug)}
          items={model.releases}
          keyOf={({ name }) => name}
          empty={PUBLISHING.noReleases}
        />
      </Section>
      <Terms model={model.slug} />
    </Page>
  );
}

const columnsOf = (model: string): readonly Column<Wire<typeof ReleaseListed>>[] => [
  {
    head: PUBLISHING.release,
    cell: ({ name }) => (
      <PageLink to="/publishing/$model/releases/$release" params={{ model, release: name }}>
        {name}
      </PageLink>
    ),
  },
  { head: PUBLISHING.state, cell: ({ state }) => <State of={state} /> },
  { head: PUBLISHING.files, cell: ({ files }) => files, numeric: true },
  { head: PUBLISHING.size, cell: (release) => size(release.size), numeric: true },
  { head: PUBLISHING.publishedAt, cell: ({ publishedAt }) => <Moment at={publishedAt} /> },
];

/** What is left to do until somebody can get it; gone once a release is out. */
function Steps({ model: { admission, releases } }: { model: Shown }) {
  if (admission && releases.some(({ state }) => state !== 'draft')) return null;
  const steps = [
    [PUBLISHING.stepTerms, admission !== null],
    [PUBLISHING.stepRelease, releases.length > 0],
    [PUBLISHING.stepFiles, releases.some(({ files }) => files > 0)],
    [PUBLISHING.stepPublish, releases.some(({ state }) => state !== 'draft')],
  ] as const;
  return (
    <Section title={PUBLISHING.steps}>
      <List type="ordered" spacing={4}>
        {steps.map(([step, done]) => (
          <List.Item key={step}>
            <Group gap="xs">
              <Text>{step}</Text>
              <Badge variant="light" color={done ? 'green' : 'gray'} tt="none">
                {done ? PUBLISHING.stepDone : PUBLISHING.stepOpen}
              </Badge>
            </Group>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
