import { Stack, Text, Title } from '@mantine/core';
import type { DiffPart, DocumentDifference } from '@paddock/contracts';
import { useQuery } from '@tanstack/react-query';
import { call, type Refused } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Differences } from '../../../elements/legal/Differences.js';
import { Loaded } from '../../../elements/Loaded.js';
import { ACCESS } from '../../../words/access.js';

const { acceptance: said } = ACCESS;
export type Difference = Wire<typeof DocumentDifference>;

/** What two agreements do not share, document by document. */
export function Changes({ title, lead, differences }: { title: string; lead: string; differences: readonly Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text maw="68ch">{lead}</Text>
      {differences.map((difference) => (
        <Changed key={`${difference.before}-${difference.after}`} difference={difference} />
      ))}
    </Stack>
  );
}

function Changed({ difference: { title, before, diff } }: { difference: Difference }) {
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      {diff ? <WordByWord path={pathBelowApi(diff)} /> : <Text size="sm">{before ? said.removed : said.added}</Text>}
    </div>
  );
}

function WordByWord({ path }: { path: string }) {
  const compared = useQuery<{ parts: Wire<typeof DiffPart>[] }, Refused>({
    queryKey: ['difference', path],
    queryFn: () => call('GET', path),
    staleTime: Infinity,
  });
  return <Loaded of={compared}>{({ parts }) => <Differences parts={parts} />}</Loaded>;
}

function pathBelowApi(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname.replace('/api/v1', '')}${search}`;
}
