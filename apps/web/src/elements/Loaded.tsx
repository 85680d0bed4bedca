import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refused } from '../api/client.js';
import { words } from '../words/index.js';
import { Refusal } from './Refusal.js';

interface Asked<Answer> {
  data: Answer | undefined;
  error: Refused | null;
  refetch: () => unknown;
}

/** What was asked of the API: its shape while it is read, the refusal with its way on, or what it answered. */
export function Loaded<Answer>({ of, children }: { of: Asked<Answer>; children: (answer: Answer) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Refusal problem={of.error.problem} onRetry={() => void of.refetch()} />;
  return (
    <Stack role="status" aria-label={words.frame.loading} gap="sm">
      <Skeleton height={28} width="40%" />
      <Skeleton height={16} />
      <Skeleton height={16} width="85%" />
      <Skeleton height={120} />
    </Stack>
  );
}
