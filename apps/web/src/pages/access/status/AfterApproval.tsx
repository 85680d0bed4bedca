import { Text } from '@mantine/core';
import type { Grant, OrganizationListed } from '@paddock/contracts';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { momentInWords } from '../../../elements/Moment.js';
import { PageButton } from '../../../elements/PageLink.js';
import { ACCESS } from '../../../words/access.js';
import type { Request } from '../request/draft.js';

const { status: said } = ACCESS;

/** What an approval led to: the agreement that waits, the downloads, or a renewal. */
export function AfterApproval({ request: { id, kind, model, licensee, grant: grantId } }: { request: Request }) {
  const grants = useAnswer<{ items: Wire<typeof Grant>[] }>(`/grants?model=${encodeURIComponent(model)}`);
  const organizations = useAnswer<{ items: Wire<typeof OrganizationListed>[] }>('/organizations');
  if (!grants.data || !organizations.data) return null;
  const grant = grants.data.items.find((one) => one.id === grantId);
  // A renewal before the end adds a period to the grant that there is.
  if (!grant) return kind === 'renewal' ? <PageButton to="/grants">{said.toDownloads}</PageButton> : <Text size="sm">{said.notYours}</Text>;
  const organization = organizations.data.items.find((one) => one.licensee === licensee.id);
  const renew = (
    <PageButton to="/models/$model/request" params={{ model }} search={{ renew: id }} variant="default">
      {said.renew}
    </PageButton>
  );
  switch (grant.state) {
    case 'pending-acceptance':
      return (
        <>
          <PageButton to="/models/$model/accept" params={{ model }} search={organization ? { organization: organization.id } : {}}>
            {said.accept}
          </PageButton>
          <Text size="sm">{said.acceptFirst}</Text>
        </>
      );
    case 'active':
      return (
        <>
          <PageButton to="/grants/$grant" params={{ grant: grant.id }}>
            {said.toDownloads}
          </PageButton>
          {grant.until && (
            <>
              {renew}
              <Text size="sm" c="dimmed">
                {said.endsOn(momentInWords(grant.until))}
              </Text>
            </>
          )}
        </>
      );
    case 'expired':
      return (
        <>
          {renew}
          <Text size="sm" c="dimmed">
            {said.grantEnded}
          </Text>
        </>
      );
    default:
      return (
        <PageButton to="/grants/$grant" params={{ grant: grant.id }} variant="default">
          {said.seeGrant}
        </PageButton>
      );
  }
}
