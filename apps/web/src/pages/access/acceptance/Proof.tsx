import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call, type Refused } from '../../../api/client.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { ACCESS } from '../../../words/access.js';

const { acceptance: said } = ACCESS;
const AGAIN_AFTER = 1500;

/** Certificate and evidence, as soon as a checkpoint of the ledger covers the acceptance. */
export function Proof({ acceptance }: { acceptance: string }) {
  const path = `/acceptances/${acceptance}/evidence.json`;
  const evidence = useQuery<unknown, Refused>({
    queryKey: ['evidence', acceptance],
    queryFn: () => call('GET', path),
    retry: (_, { problem }) => problem.code === 'evidence-pending',
    retryDelay: AGAIN_AFTER,
    staleTime: Infinity,
  });
  return (
    <Stack gap="sm" component="section" aria-label={said.proofTitle} className="no-print">
      <Title order={2} size="h4">
        {said.proofTitle}
      </Title>
      {evidence.isPending && (
        <Group gap="sm" role="status">
          <Loader size="xs" />
          <Text size="sm">{said.proofPending}</Text>
        </Group>
      )}
      {evidence.error && <Refusal problem={evidence.error.problem} onRetry={() => void evidence.refetch()} />}
      {evidence.isSuccess && (
        <>
          <Group gap="sm">
            <Button component="a" href={`/api/v1/acceptances/${acceptance}/certificate.pdf`}>
              {said.certificate}
            </Button>
            <Button component="a" variant="default" href={`/api/v1${path}`} download>
              {said.evidence}
            </Button>
          </Group>
          <PageLink to="/verify" size="sm">
            {said.verifyIt}
          </PageLink>
        </>
      )}
    </Stack>
  );
}
