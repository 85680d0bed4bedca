import { Table, Text } from '@mantine/core';
import type { Release } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { Moment } from '../../elements/Moment.js';
import { words } from '../../words/index.js';

const { catalog } = words;

/** The images that ran the release, with what was measured; or that none has. */
export function VerifiedWith({ verifications }: { verifications: Wire<typeof Release>['verifiedWith'] }) {
  if (verifications.length === 0) return <Text size="sm">{catalog.notVerified}</Text>;
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': catalog.verifications } }}>
      <Table className="numbers" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {catalog.verificationColumns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {verifications.map(({ id, image, engine, loadMilliseconds, tokensPerSecond, verifiedAt }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Copyable text={image} label={catalog.verificationColumns[0]} />
              </Table.Td>
              <Table.Td>{engine}</Table.Td>
              <Table.Td>{catalog.milliseconds(Math.round(loadMilliseconds).toLocaleString())}</Table.Td>
              <Table.Td>{tokensPerSecond.toFixed(1)}</Table.Td>
              <Table.Td>
                <Moment at={verifiedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
