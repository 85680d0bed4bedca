import { Button, Group, Stack } from '@mantine/core';
import { usePages } from '../../../api/hooks.js';
import { Loaded } from '../../../elements/Loaded.js';
import { words } from '../../../words/index.js';
import { Rows, type Column } from './Rows.js';

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
          {pages.hasNextPage && (
            <Group>
              <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {words.frame.more}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
