import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refused } from '../api/client.js';
import { words } from '../words/index.js';
import { Page } from './Page.js';
import { Refusal } from './Refusal.js';

interface Asked<Answer> {
  data: Answer | undefined;
  error: Refused | null;
  refetch: () => unknown;
}

interface Props<Answer> {
  of: Asked<Answer>;
  /** The whole page hangs on it: then a refusal is the page. */
  page?: boolean;
  children: (answer: Answer) => ReactNode;
}

/** What was asked of the API: its shape while it is read, the refusal with its way on, or what it answered. */
export function Loaded<Answer>({ of, page = false, children }: Props<Answer>) {
  if (of.data !== undefined) return children(of.data);
  if (!of.error) return <Reading />;
  const { problem } = of.error;
  const refusal = <Refusal problem={problem} onRetry={() => void of.refetch()} />;
  return page ? <Page title={problem.title}>{refusal}</Page> : refusal;
}

function Reading() {
  return (
    <Stack role="status" aria-label={words.frame.loading} gap="sm">
      <Skeleton height={28} width="40%" />
      <Skeleton height={16} />
      <Skeleton height={16} width="85%" />
      <Skeleton height={120} />
    </Stack>
  );
}
