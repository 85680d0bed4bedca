import { NativeSelect, TextInput } from '@mantine/core';
import type { Invitation } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { State } from '../../../elements/State.js';
import { SureButton } from '../../../elements/SureButton.js';
import { Told } from '../../../elements/Told.js';
import { words } from '../../../words/index.js';
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
      <Rows
        caption={said.invitations}
        columns={[
          { head: said.invited, cell: ({ email }) => email },
          { head: said.as, cell: ({ role }) => said.roleNames[role] },
          { head: said.state, cell: ({ state }) => <State of={state}>{said.invitationStates[state]}</State> },
          { head: said.until, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
          {
            head: words.frame.actions,
            silent: true,
            cell: ({ id: invitation, email, state }) =>
              state === 'pending' && (
                <SureButton ask={said.withdrawAsk} of={email ?? ''} onSure={() => withdraw.run(invitation)}>
                  {said.withdraw}
                </SureButton>
              ),
          },
        ]}
        items={invitations}
        keyOf={(one) => one.id}
        empty={said.noInvitations}
      />
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
