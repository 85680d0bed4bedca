import { NativeSelect, Text, TextInput } from '@mantine/core';
import type { Invitation } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { PlainTable } from '../../../elements/PlainTable.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { State } from '../../../elements/State.js';
import { SureButton } from '../../../elements/SureButton.js';
import { Told } from '../../../elements/Told.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import type { Shown } from './OrganizationPage.js';

const { organizations: said } = OWN;

export function Invitations({ organization: { id, invitations } }: { organization: Shown }) {
  const path = `/organizations/${id}/invitations`;
  const stale = { stale: ['/organizations'] };
  const invite = useCommand((fields: Record<string, string>) => call<Wire<typeof Invitation>>('POST', path, { body: fields }), stale);
  const withdraw = useCommand((invitation: string) => call('POST', `${path}/${invitation}/withdraw`), stale);
  return (
    <Section title={said.invitations} lead={said.invitationsLead}>
      {withdraw.refused && <Refusal problem={withdraw.refused} />}
      {invitations.length === 0 ? (
        <Text size="sm">{said.noInvitations}</Text>
      ) : (
        <PlainTable
          caption={said.invitations}
          heads={[said.invited, said.as, said.state, said.until, '']}
          items={invitations}
          keyOf={(one) => one.id}
          cells={({ id: invitation, email, role, state, expiresAt }) => [
            email,
            said.roleNames[role],
            <State of={state}>{said.invitationStates[state]}</State>,
            <Moment at={expiresAt} />,
            state === 'pending' && (
              <SureButton ask={said.withdrawAsk} of={email ?? ''} onSure={() => withdraw.run(invitation)}>
                {said.withdraw}
              </SureButton>
            ),
          ]}
        />
      )}
      {invite.answer && <Told title={said.invitedDone(invite.answer.email ?? '')} />}
      <EntryForm key={invite.answer?.id} button={said.invite} running={invite.running} refused={invite.refused} onSend={invite.run}>
        <TextInput name="email" type="email" label={said.email} required withAsterisk={false} maxLength={254} />
        <NativeSelect
          name="role"
          label={said.inviteRole}
          data={(['member', 'officer'] as const).map((value) => ({ value, label: said.inviteRoles[value] }))}
        />
      </EntryForm>
    </Section>
  );
}
