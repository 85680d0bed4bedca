import { Alert, Stack, Text } from '@mantine/core';
import type { DeletionStatement, Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Facts } from '../../../elements/Facts.js';
import { Loaded } from '../../../elements/Loaded.js';
import { distance, Moment, momentInWords } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { ACCESS } from '../../../words/access.js';
import { Downloads } from './downloads/Downloads.js';
import { DeletionForm } from './DeletionForm.js';
import { GrantWays, type Organization, type OwnGrant } from './GrantWays.js';
import { deletionInWords, renewable } from './standing.js';

const { grants: said } = ACCESS;

/** One grant: where it stands, what can be done about that, and while it is active the downloads. */
export function GrantPage() {
  const { grant: id } = useParams({ from: '/grants/$grant' });
  const grant = useAnswer<OwnGrant>(`/grants/${id}`, { refetchInterval: 60_000 });
  const model = useAnswer<Wire<typeof Model>>(grant.data ? `/models/${grant.data.model}` : null);
  return (
    <Page title={grant.data ? said.titleOf(model.data?.title ?? grant.data.model) : said.title}>
      <Loaded of={grant}>{(shown) => <Shown grant={shown} model={model.data} />}</Loaded>
    </Page>
  );
}

function Shown({ grant, model }: { grant: OwnGrant; model: Wire<typeof Model> | undefined }) {
  const deletions = useAnswer<{ items: Wire<typeof DeletionStatement>[] }>(`/deletion-statements?model=${encodeURIComponent(grant.model)}`);
  const organizations = useAnswer<{ items: Organization[] }>('/organizations');
  const others = useAnswer<{ items: OwnGrant[] }>(`/grants?model=${encodeURIComponent(grant.model)}`);
  const organization = organizations.data?.items.find(({ licensee }) => licensee === grant.licensee);
  const deletion = deletions.data?.items.find((one) => one.grant === grant.id);
  const meaning = said.meanings[grant.state];
  return (
    <Stack gap="xl">
      {meaning && (
        <Alert color={grant.state === 'pending-acceptance' ? 'blue' : 'yellow'} variant="light" title={said.states[grant.state]}>
          <Text size="sm">{meaning}</Text>
          {grant.reason && (
            <Text size="sm" mt="xs" className="said">
              {`${said.reason}: ${grant.reason}`}
            </Text>
          )}
        </Alert>
      )}
      <GrantFacts grant={grant} organization={organization} deletion={deletion && deletionInWords(deletion, momentInWords)} />
      <GrantWays
        grant={grant}
        admission={model?.admission}
        organization={organization}
        canRenew={renewable(others.data?.items ?? []).includes(grant.id)}
      />
      {deletion && <DeletionForm statement={deletion} />}
      {grant.state === 'active' && model && <Downloads grant={grant} model={model} organization={organization?.id} />}
    </Stack>
  );
}

interface FactsProps {
  grant: OwnGrant;
  organization: Organization | undefined;
  deletion: string | undefined;
}

function GrantFacts({ grant, organization, deletion }: FactsProps) {
  const { state, model, license, acceptance, from, until } = grant;
  return (
    <Facts
      of={[
        [said.state, <State of={state}>{said.states[state]}</State>],
        [
          said.model,
          <PageLink to="/models/$model" params={{ model }} size="sm">
            {model}
          </PageLink>,
        ],
        [said.forWhom, organization?.legalName ?? said.you],
        [
          said.license,
          <PageLink to="/licenses/$license" params={{ license }} size="sm">
            {license}
          </PageLink>,
        ],
        [said.deletionTerm, deletion],
        [said.from, from && <Moment at={from} />],
        [
          acceptance ? said.until : said.acceptUntil,
          state !== 'revoked' &&
            (until ? (
              <>
                <Moment at={until} as="time" /> {`(${distance(until, Date.now())})`}
              </>
            ) : (
              said.noEnd
            )),
        ],
        [
          said.acceptance,
          acceptance && (
            <PageLink to="/acceptances/$acceptance" params={{ acceptance }} size="sm">
              {said.certificate}
            </PageLink>
          ),
        ],
      ]}
    />
  );
}
