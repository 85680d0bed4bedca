import { Group, NativeSelect, Text } from '@mantine/core';
import type { ModelListed, Organization } from '@paddock/contracts';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { nameOfCountry } from '../../../elements/countries.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Section } from '../../../elements/Section.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import { Domains, NameAndCountry } from './Identity.js';
import { Invitations } from './Invitations.js';
import { Members } from './Members.js';
import { Seats } from './Seats.js';

const { organizations: said } = OWN;
export type Shown = Wire<typeof Organization>;

/** One organization: everyone in it sees who belongs to it; officers change it. */
export function OrganizationPage() {
  const { organization: id } = useParams({ from: '/organizations/$organization' });
  const organization = useAnswer<Shown>(`/organizations/${id}`);
  const person = usePerson();
  const { data } = organization;
  return (
    <Page
      title={data?.legalName ?? said.title}
      lead={data && said.summary(nameOfCountry(data.country), data.role ? said.roles[data.role] : said.notMember)}
    >
      <Loaded of={organization}>
        {(shown) => (
          <>
            <Members organization={shown} me={person?.id} />
            <Licenses organization={shown} />
            <Seats organization={shown} />
            {shown.role === 'officer' && (
              <>
                <Invitations organization={shown} />
                <Domains organization={shown} />
                <NameAndCountry organization={shown} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Licenses({ organization: { id } }: { organization: Shown }) {
  const models = useAnswer<{ items: Wire<typeof ModelListed>[] }>('/models?limit=200');
  const navigate = useNavigate();
  const gated = models.data?.items.filter(({ admission }) => admission !== null && admission !== 'open') ?? [];
  return (
    <Section title={said.licenses} lead={said.licensesLead}>
      <Group gap="xs">
        <Text size="sm">{said.access}</Text>
        <PageLink to="/grants" size="sm">
          {words.frame.nav.grants}
        </PageLink>
      </Group>
      {gated.length > 0 && (
        <EntryForm
          button={said.readAgreement}
          running={false}
          refused={undefined}
          onSend={({ model }) =>
            void navigate({ to: '/models/$model/accept', params: { model: model! }, search: { organization: id } as never })
          }
        >
          <NativeSelect name="model" label={said.model} data={gated.map(({ slug, title }) => ({ value: slug, label: title }))} />
        </EntryForm>
      )}
    </Section>
  );
}
