import { Anchor, Grid, Group, Stack, Text } from '@mantine/core';
import type { License, VersionComparison } from '@paddock/contracts';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useDocument } from '../../api/documents.js';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { ClauseSummary } from '../../elements/legal/ClauseSummary.js';
import { Differences } from '../../elements/legal/Differences.js';
import { LegalText } from '../../elements/legal/LegalText.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';
import { VersionChoice } from './VersionChoice.js';

const { legal } = words;
type Shown = Wire<typeof License>;
type Version = Shown['versions'][number];

export function LicensePage() {
  const { license } = useParams({ from: '/licenses/$license' });
  return (
    <Loaded page of={useAnswer<Shown>(`/licenses/${license}`)}>
      {(answer) => <LicenseShown license={answer} />}
    </Loaded>
  );
}

/** The version in force, or the one that the address names; with `since`, what changed from that one. */
function LicenseShown({ license: { slug, title, publisher, versions } }: { license: Shown }) {
  const navigate = useNavigate();
  const { version: asked, since } = useSearch({ strict: false }) as { version?: number; since?: number };
  const version = versions.find(({ n }) => n === asked) ?? versions.find(({ state }) => state === 'in-force') ?? versions[0];
  if (!version)
    return (
      <Page title={title} lead={publisher}>
        <Text>{legal.noVersion}</Text>
      </Page>
    );
  const show = (search: object) => void navigate({ to: '.', search: search as never });
  return (
    <Page title={title} lead={publisher}>
      <VersionChoice versions={versions} shown={version.n} since={since} onChange={show} />
      <About slug={slug} version={version} />
      {since && since !== version.n ? (
        <Changed slug={slug} from={Math.min(since, version.n)} to={Math.max(since, version.n)} />
      ) : (
        <TextOf version={version} />
      )}
    </Page>
  );
}

function About({ slug, version }: { slug: string; version: Version }) {
  const since = { scheduled: legal.scheduled, 'in-force': legal.inForceSince, superseded: legal.superseded }[version.state];
  return (
    <Stack gap={4}>
      <Text size="sm">
        {`${legal.version(version.n)}. ${since} `}
        <Moment at={version.effectiveFrom} as="time" />
      </Text>
      <Group gap="xs">
        <Text size="sm">{legal.digest}</Text>
        <Copyable text={version.sha256} label={legal.digest} />
      </Group>
      <Group gap="md">
        <Anchor href={version.url} size="sm">
          {legal.exactBytes}
        </Anchor>
        <Anchor href={`/api/v1/licenses/${slug}/versions/${version.n}/attribution`} size="sm">
          {legal.attribution}
        </Anchor>
        {version.policies.map((policy) => (
          <PageLink key={policy} to="/policies/$policy" params={{ policy }} size="sm">
            {`${legal.partOfIt}: ${policy}`}
          </PageLink>
        ))}
      </Group>
    </Stack>
  );
}

function TextOf({ version: { url, clauses } }: { version: Version }) {
  return (
    <Loaded of={useDocument(url)}>
      {(bytes) => (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <LegalText bytes={bytes} clauses={clauses} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>{clauses.length > 0 && <ClauseSummary clauses={clauses} bytes={bytes} />}</Grid.Col>
        </Grid>
      )}
    </Loaded>
  );
}

function Changed({ slug, from, to }: { slug: string; from: number; to: number }) {
  return (
    <Loaded of={useAnswer<Wire<typeof VersionComparison>>(`/licenses/${slug}/diff?from=${from}&to=${to}`)}>
      {({ parts }) => (
        <Stack>
          <Text fw={600}>{legal.whatChanged(legal.version(from), legal.version(to))}</Text>
          <Differences parts={parts} />
        </Stack>
      )}
    </Loaded>
  );
}
