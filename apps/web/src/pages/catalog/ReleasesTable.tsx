import { Table, Text } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { Moment } from '../../elements/Moment.js';
import { PageLink } from '../../elements/PageLink.js';
import { count, size } from '../../elements/sizes.js';
import { State } from '../../elements/State.js';
import { words } from '../../words/index.js';

const { catalog } = words;
const { columns } = catalog;

/** Releases side by side, as their files say of themselves. */
export function ReleasesTable({ model: { slug, title, releases } }: { model: Wire<typeof Model> }) {
  if (releases.length === 0) return <Text c="dimmed">{catalog.noReleases}</Text>;
  return (
    <Table.ScrollContainer
      minWidth={640}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': `${catalog.releases}: ${title}` } }}
    >
      <Table className="numbers" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {[catalog.release, columns.parameters, columns.format, columns.quantization, columns.context, columns.size].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
            <Table.Th scope="col" title={catalog.memoryMeaning}>
              {columns.memory}
            </Table.Th>
            <Table.Th scope="col">{columns.published}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {releases.map(({ name, state, publishedAt, size: bytes, weights }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                <PageLink to="/models/$model/releases/$release" params={{ model: slug, release: name }} fw={600}>
                  {name}
                </PageLink>{' '}
                {state !== 'published' && <State of={state}>{catalog.releaseState[state]}</State>}
              </Table.Th>
              <Table.Td>{weights?.parameters != null && count(weights.parameters)}</Table.Td>
              <Table.Td>{weights?.format}</Table.Td>
              <Table.Td>{weights?.quantization}</Table.Td>
              <Table.Td>{weights?.contextLength != null && catalog.tokens(weights.contextLength.toLocaleString())}</Table.Td>
              <Table.Td>{size(bytes)}</Table.Td>
              <Table.Td>{weights && size(weights.memory)}</Table.Td>
              <Table.Td>
                <Moment at={publishedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
