import { NativeSelect, Text, TextInput } from '@mantine/core';
import type { MailPreferences, Profile } from '@paddock/contracts';
import { call } from '../../api/client.js';
import { useAnswer, useCommand } from '../../api/hooks.js';
import { holds, usePerson } from '../../api/person.js';
import type { Wire } from '../../api/wire.js';
import { choices } from '../../elements/choices.js';
import { countryOptions } from '../../elements/countries.js';
import { Loaded } from '../../elements/Loaded.js';
import { Page } from '../../elements/Page.js';
import { Section } from '../../elements/Section.js';
import { Told } from '../../elements/Told.js';
import { OWN } from '../../words/own.js';
import { EntryForm } from './entry/EntryForm.js';

const { profile: said } = OWN;
type Shown = Wire<typeof Profile>;

export function ProfilePage() {
  const profile = useAnswer<Shown>('/me/profile');
  const person = usePerson();
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={profile}>
        {(shown) => (
          <>
            <You profile={shown} />
            <Email address={shown.email ?? ''} />
            {holds(person, 'reviewer') && <Digest />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function You({ profile: { name, organization, country } }: { profile: Shown }) {
  const keep = useCommand(
    (fields: Record<string, string>) =>
      call('PATCH', '/me/profile', {
        body: { name: fields['name'], organization: fields['organization']!.trim() || null, country: fields['country'] || null },
      }),
    { stale: ['/me'] },
  );
  return (
    <Section title={said.person}>
      {keep.answer !== undefined && <Told title={said.kept} />}
      <EntryForm button={said.keep} running={keep.running} refused={keep.refused} onSend={keep.run}>
        <TextInput
          name="name"
          label={said.name}
          defaultValue={name ?? ''}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="name"
        />
        <TextInput
          name="organization"
          label={said.organization}
          defaultValue={organization ?? ''}
          maxLength={300}
          autoComplete="organization"
        />
        <NativeSelect
          name="country"
          label={said.country}
          defaultValue={country ?? ''}
          autoComplete="country"
          data={[{ value: '', label: said.notSaid }, ...countryOptions()]}
        />
        <Text size="sm" c="dimmed">
          {said.reviewNote}
        </Text>
      </EntryForm>
    </Section>
  );
}

function Email({ address }: { address: string }) {
  const send = useCommand(async ({ email }: Record<string, string>) => {
    await call('POST', '/me/email', { body: { email } });
    return email!;
  });
  return (
    <Section title={said.email} lead={said.emailLead(address)}>
      {send.answer && <Told title={said.sent(send.answer)}>{said.sentNote}</Told>}
      <EntryForm key={send.answer} button={said.send} running={send.running} refused={send.refused} onSend={send.run}>
        <TextInput name="email" type="email" label={said.another} required withAsterisk={false} maxLength={254} autoComplete="email" />
      </EntryForm>
    </Section>
  );
}

function Digest() {
  const preferences = useAnswer<Wire<typeof MailPreferences>>('/me/mail-preferences');
  const keep = useCommand((fields: Record<string, string>) => call('PUT', '/me/mail-preferences', { body: fields }), {
    stale: ['/me/mail-preferences'],
  });
  return (
    <Section title={said.digest}>
      {keep.answer !== undefined && <Told title={said.digestKept} />}
      <Loaded of={preferences}>
        {({ reviewDigest }) => (
          <EntryForm button={said.digestKeep} running={keep.running} refused={keep.refused} onSend={keep.run}>
            <NativeSelect name="reviewDigest" label={said.digestLabel} defaultValue={reviewDigest} data={choices(said.digests)} />
          </EntryForm>
        )}
      </Loaded>
    </Section>
  );
}
