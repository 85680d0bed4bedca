import { Alert, Code, Stack, Table, Text } from '@mantine/core';
import type { Release } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { RunInstructions } from '../../elements/RunInstructions.js';
import { size } from '../../elements/sizes.js';
import { useSearchText } from '../../elements/useSearchText.js';
import { State } from '../../elements/State.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';
import { OpennessFigure } from './OpennessFigure.js';
import { PublicLinks } from './PublicLinks.js';
import { VerifiedWith } from './VerifiedWith.js';
import { ReadableText } from './ReadableText.js';

const { catalog } = words;
type Shown = Wire<typeof Release>;

export function ReleasePage() {
  const { model, release } = useParams({ from: '/models/$model/releases/$release' });
  return (
    <Loaded page of={useAnswer<Shown>(`/models/${model}/releases/${release}`)}>
      {(answer) => <ReleaseShown release={answer} />}
    </Loaded>
  );
}

function ReleaseShown({ release }: { release: Shown }) {
  const { model, name, state, reason, replacement, license, artifacts, openness } = release;
  const text = useSearchText('text');
  return (
    <Page
      title={`${model} ${name}`}
      lead={<PageLink to="/models/$model" params={{ model }}>{`${catalog.model}: ${model}`}</PageLink>}
      action={state !== 'published' && <State of={state}>{catalog.releaseState[state]}</State>}
    >
      {state === 'withdrawn' && (
        <Alert color="yellow" title={catalog.withdrawn}>
          <Text size="sm">{reason}</Text>
          {replacement && (
            <PageLink to="/models/$model/releases/$release" params={{ model, release: replacement }} size="sm">
              {catalog.useInstead(replacement)}
            </PageLink>
          )}
        </Alert>
      )}
      {license && (
        <PageLink to="/licenses/$license" params={{ license: license.slug }}>
          {catalog.licenseOf(license.title, license.version)}
        </PageLink>
      )}
      <Section title={catalog.files}>
        <Files artifacts={artifacts} />
      </Section>
      {text && <ReadableText model={model} release={name} path={text} />}
      <PublicLinks model={model} release={name} artifacts={artifacts} admission={openness.gate.admission} />
      <Section title={catalog.verifyWith}>
        <Copyable block text={artifacts.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n')} label={catalog.verifyWith} />
        <Text size="sm" c="dimmed">
          <Code>sha256sum --check</Code>
        </Text>
      </Section>
      <Section title={catalog.verifications}>
        <VerifiedWith verifications={release.verifiedWith} />
      </Section>
      {state === 'published' && (
        <Section title={catalog.run} id="run">
          <RunInstructions model={model} release={name} />
        </Section>
      )}
      <OpennessFigure openness={openness} />
    </Page>
  );
}

function Files({ artifacts }: { artifacts: Shown['artifacts'] }) {
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': catalog.files } }}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {[catalog.file, catalog.columns.size, catalog.access, words.legal.digest].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {artifacts.map(({ path, size: bytes, access, sha256, header }) => (
            <Table.Tr key={path}>
              <Table.Th scope="row" fw={500}>
                <Stack gap={0}>
                  {path}
                  <Text size="xs" c="dimmed">
                    {headerWords(header)}
                  </Text>
                </Stack>
              </Table.Th>
              <Table.Td className="numbers" style={{ whiteSpace: 'nowrap' }}>
                {size(bytes)}
              </Table.Td>
              <Table.Td>{catalog.accessStates[access]}</Table.Td>
              <Table.Td>
                <Copyable text={sha256} label={`${words.legal.digest} ${path}`} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function headerWords(header: Record<string, unknown> | null): string {
  return Object.entries(header ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'number' ? value.toLocaleString() : String(value)}`)
    .join(', ');
}
