import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props<Item> {
  /** What the table is, for those who hear it. */
  caption: string;
  heads: readonly string[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
  cells: (item: Item) => readonly ReactNode[];
  minWidth?: number;
}

/** A short table: it scrolls within itself where the screen is narrow. */
export function PlainTable<Item>({ caption, heads, items, keyOf, cells, minWidth = 560 }: Props<Item>) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="group" aria-label={caption}>
      <Table verticalSpacing="xs">
        <Table.Caption className="out-of-sight">{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, index) =>
              head ? (
                <Table.Th key={head} scope="col">
                  {head}
                </Table.Th>
              ) : (
                <Table.Td key={index} />
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={keyOf(item)}>
              {cells(item).map((cell, index) => (
                <Table.Td key={index}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
