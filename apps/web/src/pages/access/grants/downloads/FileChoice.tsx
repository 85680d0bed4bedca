import { Checkbox, Stack, Table, Text } from '@mantine/core';
import type { Release } from '@paddock/contracts';
import type { Wire } from '../../../../api/wire.js';
import { size, sizeOf } from '../../../../elements/sizes.js';
import { ACCESS } from '../../../../words/access.js';

const { downloads: said } = ACCESS;
type Artifacts = Wire<typeof Release>['artifacts'];

interface Props {
  files: Artifacts;
  chosen: ReadonlySet<string>;
  /** Of the weights: what running them takes. */
  memory: number | undefined;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which files to fetch; their sizes add up below. */
export function FileChoice({ files, chosen, memory, onChange }: Props) {
  const taken = files.filter(({ path }) => chosen.has(path));
  const toggle = (path: string) => {
    const next = new Set(chosen);
    if (!next.delete(path)) next.add(path);
    onChange(next);
  };
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={6}>
          <Table.Caption className="out-of-sight">{said.files}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" w={44}>
                <Checkbox
                  aria-label={said.all}
                  checked={taken.length === files.length}
                  indeterminate={taken.length > 0 && taken.length < files.length}
                  onChange={() => onChange(new Set(taken.length === files.length ? [] : files.map(({ path }) => path)))}
                />
              </Table.Th>
              <Table.Th scope="col">{said.file}</Table.Th>
              <Table.Th scope="col" ta="right">
                {said.size}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.map(({ path, size: bytes }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  <Checkbox aria-label={said.take(path)} checked={chosen.has(path)} onChange={() => toggle(path)} />
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{path}</Table.Td>
                <Table.Td ta="right" className="numbers" style={{ whiteSpace: 'nowrap' }}>
                  {size(bytes)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" role="status">
        {`${said.chosen(taken.length, files.length, size(sizeOf(taken)))} ${said.disk(size(sizeOf(taken)))}`}
        {memory !== undefined && ` ${said.memory(size(memory))}`}
      </Text>
    </Stack>
  );
}
