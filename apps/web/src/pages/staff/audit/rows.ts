import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call, type Refused } from '../../../api/client.js';
import { queryOf, type Filters } from '../parts/filters.js';

const PAGE = 200;

export type AuditRow = Record<string, unknown> & { id: string; at: string };

interface Page {
  items: AuditRow[];
  nextCursor: string | null;
}

/**
 * The rows of a kind as far as they were read. A hundred thousand of them are neither compared with what was read before nor
 * read anew because the window came to the front: each reading is recorded as a disclosure.
 */
export function useAuditRows(kind: string, filters: Filters) {
  const query = useInfiniteQuery<Page, Refused, { pages: Page[] }, unknown[], string | null>({
    queryKey: ['/audit', kind, filters],
    queryFn: ({ pageParam, signal }) =>
      call<Page>('GET', `/audit/${kind}?${queryOf({ ...filters, limit: PAGE, cursor: pageParam ?? undefined })}`, { signal }),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const pages = query.data?.pages;
  return { ...query, rows: useMemo(() => pages && foundIn(pages), [pages]) };
}

export interface AuditRows {
  count: number;
  at(index: number): AuditRow;
}

/** Every page but the last is full, so that a row is found without copying what was read before whenever more comes. */
function foundIn(pages: readonly Page[]): AuditRows {
  return {
    count: (pages.length - 1) * PAGE + pages.at(-1)!.items.length,
    at: (index) => pages[Math.floor(index / PAGE)]!.items[index % PAGE]!,
  };
}
