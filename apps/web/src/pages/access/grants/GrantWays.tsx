import { Group } from '@mantine/core';
import type { AccessRequestListed, Grant, Model, OrganizationListed } from '@paddock/contracts';
import { useQuery } from '@tanstack/react-query';
import { call, type Refused } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { PageButton } from '../../../elements/PageLink.js';
import { ACCESS } from '../../../words/access.js';
import type { Request } from '../request/draft.js';

const { grants: said } = ACCESS;
export type OwnGrant = Wire<typeof Grant>;
export type Organization = Wire<typeof OrganizationListed>;

interface Props {
  grant: OwnGrant;
  admission: Wire<typeof Model>['admission'] | undefined;
  organization: Organization | undefined;
  /** Whether a renewal can follow this grant. */
  canRenew: boolean;
  /** In a list the downloads are on the grant's own page. */
  listed?: boolean;
}

/** What can be done with a grant now. */
export function GrantWays({ grant, admission, organization, canRenew, listed = false }: Props) {
  const { id, model, state } = grant;
  const search = organization ? { organization: organization.id } : {};
  const again = state === 'expired' && admission === 'assent';
  return (
    <Group gap="sm">
      {(state === 'pending-acceptance' || again) && (
        <PageButton to="/models/$model/accept" params={{ model }} search={search} size={listed ? 'xs' : 'sm'}>
          {again ? said.acceptAgain : said.accept}
        </PageButton>
      )}
      {listed && (
        <PageButton to="/grants/$grant" params={{ grant: id }} size="xs" variant={state === 'active' ? 'filled' : 'default'}>
          {state === 'active' ? said.download : said.open}
        </PageButton>
      )}
      {canRenew && admission === 'application' && <Renewal grant={grant} listed={listed} />}
    </Group>
  );
}

/** A renewal names the approved request that it follows. */
function Renewal({ grant: { model, licensee }, listed }: { grant: OwnGrant; listed: boolean }) {
  const previous = useQuery<string | null, Refused>({
    queryKey: [`/access-requests?model=${model}&state=approved`, licensee],
    queryFn: async () => {
      const { items } = await call<{ items: Wire<typeof AccessRequestListed>[] }>(
        'GET',
        `/access-requests?model=${encodeURIComponent(model)}&state=approved`,
      );
      const approved = await Promise.all(items.map(({ id }) => call<Request>('GET', `/access-requests/${id}`)));
      return approved.find((request) => request.licensee.id === licensee)?.id ?? null;
    },
  });
  if (!previous.data) return null;
  return (
    <PageButton
      to="/models/$model/request"
      params={{ model }}
      search={{ renew: previous.data }}
      variant="default"
      size={listed ? 'xs' : 'sm'}
    >
      {said.renew}
    </PageButton>
  );
}
