import { NativeSelect, TextInput } from '@mantine/core';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { countryOptions } from '../../../elements/countries.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { State } from '../../../elements/State.js';
import { Told } from '../../../elements/Told.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import type { Shown } from './OrganizationPage.js';

const { organizations: said } = OWN;

export function Domains({ organization: { id, domains } }: { organization: Shown }) {
  const claim = useCommand((fields: Record<string, string>) => call('POST', `/organizations/${id}/domains`, { body: fields }), {
    stale: ['/organizations'],
  });
  return (
    <Section title={said.domains} lead={said.domainsLead}>
      <Rows
        caption={said.domains}
        columns={[
          { head: said.domain, cell: ({ domain }) => domain },
          { head: said.state, cell: ({ state }) => <State of={state === 'verified' ? 'active' : state}>{said.domainStates[state]}</State> },
        ]}
        items={domains}
        keyOf={({ domain }) => domain}
        empty={said.noDomains}
        minWidth={320}
      />
      <EntryForm key={domains.length} button={said.claim} running={claim.running} refused={claim.refused} onSend={claim.run}>
        <TextInput name="domain" label={said.domain} placeholder="example.org" required withAsterisk={false} maxLength={253} />
      </EntryForm>
    </Section>
  );
}

/** What an officer corrects; whoever accepted under the old name stays bound under it. */
export function NameAndCountry({ organization: { id, legalName, country } }: { organization: Shown }) {
  const change = useCommand((fields: Record<string, string>) => call('PATCH', `/organizations/${id}`, { body: fields }), {
    stale: ['/organizations'],
  });
  return (
    <Section title={said.change}>
      {change.answer !== undefined && <Told title={said.changed} />}
      <EntryForm button={said.changeIt} running={change.running} refused={change.refused} onSend={change.run}>
        <TextInput name="legalName" label={said.legalName} defaultValue={legalName} required withAsterisk={false} maxLength={200} />
        <NativeSelect name="country" label={said.country} defaultValue={country} data={countryOptions()} />
      </EntryForm>
    </Section>
  );
}
