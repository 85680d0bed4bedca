import { Stack } from '@mantine/core';
import { usePages } from '../../../api/hooks.js';
import { Loaded } from '../../../elements/Loaded.js';
import { More } from '../../../elements/More.js';
import { Rows, type Column } from '../../../elements/Rows.js';

interface Props<Item> {
  /** The list of the API, with its filters. */
  path: string;
  caption: string;
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  empty?: string;
  minWidth?: number;
}

/** A list of the API as a table, the next page on request. */
export function Listing<Item>({ path, ...rows }: Props<Item>) {
  const pages = usePages<Item>(path);
  return (
    <Loaded of={pages}>
      {(items) => (
        <Stack gap="xs">
          <Rows {...rows} items={items} />
          <More of={pages} />
        </Stack>
      )}
    </Loaded>
  );
}
