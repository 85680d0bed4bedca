import { NativeSelect, TextInput } from '@mantine/core';
import type { Organization, OrganizationListed } from '@paddock/contracts';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client.js';
import { useAnswer, useCommand } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { countryOptions, nameOfCountry } from '../../elements/countries.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { PageLink } from '../../elements/PageLink.js';
import { Rows } from '../../elements/Rows.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';
import { OWN } from '../../words/own.js';
import { EntryForm } from './entry/EntryForm.js';

const { organizations: said } = OWN;

export function OrganizationsPage() {
  const organizations = useAnswer<{ items: Wire<typeof OrganizationListed>[] }>('/organizations');
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={organizations}>
        {({ items }) => (
          <Rows
            caption={said.title}
            columns={[
              {
                head: said.organization,
                cell: ({ id, legalName }) => (
                  <PageLink to="/organizations/$organization" params={{ organization: id }}>
                    {legalName}
                  </PageLink>
                ),
              },
              { head: said.country, cell: ({ country }) => nameOfCountry(country) },
              { head: said.youAre, cell: ({ role }) => role && said.roles[role] },
            ]}
            items={items}
            keyOf={({ id }) => id}
            empty={said.none}
            minWidth={380}
          />
        )}
      </Loaded>
      <Found />
    </Page>
  );
}

function Found() {
  const navigate = useNavigate();
  const found = useCommand(
    (fields: Record<string, string>) => call<Wire<typeof Organization>>('POST', '/organizations', { body: fields }),
    {
      stale: ['/organizations'],
      onDone: ({ id }) => void navigate({ to: '/organizations/$organization', params: { organization: id } }),
    },
  );
  return (
    <Section title={said.found} lead={said.foundLead}>
      <EntryForm button={said.foundIt} running={found.running} refused={found.refused} onSend={found.run}>
        <TextInput name="legalName" label={said.legalName} required withAsterisk={false} maxLength={200} autoComplete="organization" />
        <NativeSelect
          name="country"
          label={said.country}
          required
          withAsterisk={false}
          autoComplete="country"
          data={[{ value: '', label: words.frame.choose }, ...countryOptions()]}
        />
      </EntryForm>
    </Section>
  );
}
