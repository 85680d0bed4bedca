import { List, Stack, Text, Title } from '@mantine/core';
import type { Acceptance } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Facts } from '../../../elements/Facts.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
import { Told } from '../../../elements/Told.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { ACCESS } from '../../../words/access.js';
import { Declaration } from './Declaration.js';
import { Proof } from './Proof.js';

const { acceptance: said } = ACCESS;
const { facts } = said;

/** One's own acceptance or decline, for good: what was agreed to, the proof, and what it proves. */
export function CertificatePage() {
  const { acceptance: id } = useParams({ from: '/acceptances/$acceptance' });
  const acceptance = useAnswer<Wire<typeof Acceptance>>(`/acceptances/${id}`);
  const fresh = useSearchText('new') !== undefined;
  const { model = '', state } = acceptance.data ?? {};
  return (
    <Page title={state === 'declined' ? said.declinedTitle(model) : said.certificateTitle(model)}>
      <Loaded of={acceptance}>
        {(shown) => (
          <Stack gap="xl">
            {fresh && shown.state === 'accepted' && (
              <Told title={said.accepted}>
                <Text size="sm" mb="sm">
                  {said.acceptedNext}
                </Text>
                {shown.grant && (
                  <PageButton to="/grants/$grant" params={{ grant: shown.grant }}>
                    {said.toDownloads}
                  </PageButton>
                )}
              </Told>
            )}
            <What acceptance={shown} />
            <Proof acceptance={id} />
            <Proves />
            <Declaration acceptance={id} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function What({ acceptance }: { acceptance: Wire<typeof Acceptance> }) {
  const { state, at, typedName, license, licenseVersion, agreement, attestations, joins, grant } = acceptance;
  const confirmed = Object.keys(attestations).filter((id) => attestations[id]);
  return (
    <Facts
      of={[
        [facts.state, facts.states[state]],
        [facts.at, <Moment at={at} as="time" />],
        [facts.name, state === 'accepted' && (typedName ?? facts.nameErased)],
        [
          facts.license,
          <PageLink to="/licenses/$license" params={{ license }} size="sm">
            {`${license}, ${facts.version(licenseVersion)}`}
          </PageLink>,
        ],
        [facts.agreement, <Copyable text={agreement} label={facts.agreement} />],
        [facts.attestations, confirmed.join(', ')],
        [
          facts.joins,
          joins && (
            <PageLink to="/acceptances/$acceptance" params={{ acceptance: joins }} size="sm">
              {joins}
            </PageLink>
          ),
        ],
        [
          ACCESS.grants.grant,
          grant && (
            <PageLink to="/grants/$grant" params={{ grant }} size="sm">
              {said.toDownloads}
            </PageLink>
          ),
        ],
      ]}
    />
  );
}

function Proves() {
  return (
    <Stack gap="sm" maw="72ch">
      <Title order={2} size="h4">
        {said.provesTitle}
      </Title>
      <List size="sm" spacing={4}>
        {said.proves.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      <Title order={2} size="h4">
        {said.provesNotTitle}
      </Title>
      <List size="sm" spacing={4}>
        {said.provesNot.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
