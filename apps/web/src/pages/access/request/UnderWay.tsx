import { Alert, Stack } from '@mantine/core';
import { PageLink } from '../../../elements/PageLink.js';
import { ACCESS } from '../../../words/access.js';

const { request: said } = ACCESS;

/** Whoever has asked already need not ask twice. */
export function UnderWay({ requests }: { requests: readonly { id: string; licensee: string | null }[] }) {
  if (requests.length === 0) return null;
  return (
    <Alert color="blue" variant="light" title={said.underWay}>
      <Stack gap={4}>
        {requests.map(({ id, licensee }) => (
          <PageLink key={id} to="/access-requests/$request" params={{ request: id }} size="sm">
            {said.underWayFor(licensee)}
          </PageLink>
        ))}
      </Stack>
    </Alert>
  );
}
