import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { DeletionStatement, Model } from '@paddock/contracts';
import { useAnswer, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { distance, Moment, momentInWords } from '../../../elements/Moment.js';
import { More } from '../../../elements/More.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { ACCESS } from '../../../words/access.js';
import { words } from '../../../words/index.js';
import { GrantWays, type Organization, type OwnGrant } from './GrantWays.js';
import { deletionInWords, renewable } from './standing.js';

const { grants: said } = ACCESS;
const { nav } = words.frame;
const SOON_MS = 30 * 86_400_000;

export function GrantsPage() {
  const grants = usePages<OwnGrant>('/grants');
  const deletions = useAnswer<{ items: Wire<typeof DeletionStatement>[] }>('/deletion-statements?limit=200');
  const organizations = useAnswer<{ items: Organization[] }>('/organizations');
  const asked = deletions.data?.items.filter(({ state }) => state === 'outstanding' || state === 'overdue') ?? [];
  return (
    <Page title={said.title} lead={said.lead}>
      {asked.length > 0 && (
        <Alert color="yellow" title={said.deletionAsked}>
          <Stack gap={4}>
            {asked.map((one) => (
              <Text key={one.grant} size="sm">
                {`${deletionInWords(one, momentInWords)}: `}
                <PageLink to="/grants/$grant" params={{ grant: one.grant }} size="sm" underline="always">
                  {said.deletionGo(one.model)}
                </PageLink>
              </Text>
            ))}
          </Stack>
        </Alert>
      )}
      <Loaded of={grants}>
        {(items) => {
          const canRenew = new Set(renewable(items));
          if (items.length === 0) return <None />;
          return (
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
              {items.map((grant) => (
                <li key={grant.id}>
                  <Row
                    grant={grant}
                    organization={organizations.data?.items.find(({ licensee }) => licensee === grant.licensee)}
                    canRenew={canRenew.has(grant.id)}
                  />
                </li>
              ))}
            </Stack>
          );
        }}
      </Loaded>
      <More of={grants} />
      <Stack gap={4} mt="md">
        <Title order={2} size="h5">
          {said.also}
        </Title>
        <Group gap="lg">
          <PageLink to="/access-requests">{nav.requests}</PageLink>
          <PageLink to="/organizations">{nav.organizations}</PageLink>
          <PageLink to="/tokens">{nav.tokens}</PageLink>
          <PageLink to="/security">{nav.security}</PageLink>
          <PageLink to="/privacy">{nav.privacy}</PageLink>
        </Group>
      </Stack>
    </Page>
  );
}

function None() {
  return (
    <Group>
      <Text>{said.none}</Text>
      <PageButton to="/models" variant="default" size="xs">
        {said.models}
      </PageButton>
    </Group>
  );
}

interface RowProps {
  grant: OwnGrant;
  organization: Organization | undefined;
  canRenew: boolean;
}

function Row({ grant, organization, canRenew }: RowProps) {
  // A grant outlives its model's place in the catalog.
  const model = useAnswer<Wire<typeof Model>>(`/models/${grant.model}`);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" gap="md">
        <div>
          <Group gap="sm">
            <Title order={2} size="h5">
              {model.data?.title ?? grant.model}
            </Title>
            <State of={grant.state}>{said.states[grant.state]}</State>
          </Group>
          <Text size="sm" c="dimmed">
            {`${said.forWhom} ${organization?.legalName ?? said.you} · `}
            <PageLink to="/licenses/$license" params={{ license: grant.license }} size="sm" underline="always">
              {grant.license}
            </PageLink>
          </Text>
          <Ends grant={grant} />
        </div>
        <GrantWays grant={grant} admission={model.data?.admission} organization={organization} canRenew={canRenew} listed />
      </Group>
    </Card>
  );
}

function Ends({ grant: { state, until, acceptance, reason } }: { grant: OwnGrant }) {
  const now = Date.now();
  const soon = until !== null && state === 'active' && Date.parse(until) - now < SOON_MS;
  return (
    <>
      {state !== 'revoked' && (
        <Text size="sm">
          {acceptance === null ? said.acceptUntil : said.until} {until ? <Moment at={until} /> : said.noEnd}
          {soon && <strong>{` · ${said.endsSoon(distance(until, now))}`}</strong>}
        </Text>
      )}
      {reason && (
        <Text size="sm" className="said" maw="65ch">
          {`${said.reason}: ${reason}`}
        </Text>
      )}
    </>
  );
}
