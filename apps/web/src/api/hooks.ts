import { keepPreviousData, QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call, Refused } from './client.js';

export const queries = new QueryClient({
  defaultOptions: {
    // Whoever is offline is told so: nothing waits in silence until they are back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isTransient(error),
      refetchOnWindowFocus: true,
    },
  },
});

const isTransient = (error: Error) => error instanceof Refused && error.problem.status === 503;

/** What the API answers to a GET; `null` waits. Kept by its path, so that a command can say what it made stale. */
export function useAnswer<Answer>(path: string | null, options: { refetchInterval?: number; keep?: boolean } = {}) {
  return useQuery<Answer, Refused>({
    queryKey: [path],
    queryFn: ({ signal }) => call<Answer>('GET', path!, { signal }),
    enabled: path !== null,
    ...(options.refetchInterval && { refetchInterval: options.refetchInterval }),
    ...(options.keep && { placeholderData: keepPreviousData }),
  });
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A list of the API, page by page. `path` holds the filters, without cursor. */
export function usePages<Item>(path: string | null) {
  return useInfiniteQuery<Page<Item>, Refused, Item[], [string | null, 'pages'], string | null>({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam, signal }) => call<Page<Item>>('GET', withCursor(path!, pageParam), { signal }),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages: all }) => all.flatMap(({ items }) => items),
    enabled: path !== null,
  });
}

const withCursor = (path: string, cursor: string | null) =>
  cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;

/**
 * A command to the API. While it runs a second call does nothing; each success makes every answer below `stale` be read anew
 * (all of them where none is named).
 */
export function useCommand<Answer, Input = void>(
  send: (input: Input) => Promise<Answer>,
  options: { stale?: string[]; onDone?: (answer: Answer, input: Input) => void } = {},
) {
  const client = useQueryClient();
  // Two clicks may come before the first of them is drawn.
  const running = useRef(false);
  const mutation = useMutation<Answer, Refused, Input>({
    mutationFn: send,
    onSettled: () => void (running.current = false),
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input);
      await client.invalidateQueries({ predicate: ({ queryKey: [path] }) => isBelow(String(path), options.stale) });
    },
  });
  return {
    run(input: Input): void {
      if (running.current) return;
      running.current = true;
      mutation.mutate(input);
    },
    running: mutation.isPending,
    refused: mutation.error?.problem,
    answer: mutation.data,
    reset: mutation.reset,
  };
}

const isBelow = (path: string, stale: string[] | undefined) => !stale || stale.some((start) => path.startsWith(start));
