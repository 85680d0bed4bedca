import { Button, Group } from '@mantine/core';
import { words } from '../words/index.js';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The rest of a list, page by page. */
export function More({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: { of: Pages }) {
  if (!hasNextPage) return null;
  return (
    <Group>
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {words.frame.more}
      </Button>
    </Group>
  );
}
