import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call, type Refused } from '../../../api/client.js';
import { queryOf, type Filters } from '../parts/filters.js';

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
      call<Page>('GET', `/audit/${kind}?${queryOf({ ...filters, limit: 200, cursor: pageParam ?? undefined })}`, { signal }),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items), [pages]);
  return { ...query, rows };
}
