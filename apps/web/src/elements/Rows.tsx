import { Box, Table, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/index.js';
import classes from './Rows.module.css';

export interface Column<Item> {
  head: string;
  cell: (item: Item) => ReactNode;
  /** Numbers stand right, so that they can be compared. */
  numeric?: boolean;
  /** The head is for screen readers alone, as over buttons. */
  silent?: boolean;
}

interface Props<Item> {
  caption: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
  empty?: string;
  minWidth?: number;
  /** Beyond it the rows scroll within. */
  maxHeight?: number;
}

/** A table that scrolls within itself where it is wider than the screen. */
export function Rows<Item>({ caption, columns, items, keyOf, empty = words.frame.nothing, minWidth = 640, maxHeight }: Props<Item>) {
  if (items.length === 0) return <Text c="dimmed">{empty}</Text>;
  return (
    <Box className={classes.rows!} mah={maxHeight} tabIndex={0} role="group" aria-label={caption}>
      <Table miw={minWidth} verticalSpacing="xs" highlightOnHover className="numbers">
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ head, numeric, silent }) => (
              <Table.Th key={head} scope="col" ta={numeric ? 'right' : 'left'}>
                {silent ? <VisuallyHidden>{head}</VisuallyHidden> : head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={keyOf(item)}>
              {columns.map(({ head, cell, numeric }) => (
                <Table.Td key={head} ta={numeric ? 'right' : 'left'}>
                  {cell(item)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
