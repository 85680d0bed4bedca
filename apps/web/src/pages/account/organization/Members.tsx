import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';
import type { Shown } from './OrganizationPage.js';

const { organizations: said } = OWN;
type Member = Shown['members'][number];

export function Members({ organization, me }: { organization: Shown; me: string | undefined }) {
  const path = `/organizations/${organization.id}`;
  const officer = organization.role === 'officer';
  const navigate = useNavigate();
  const role = useCommand(
    ({ id, role: is }: Member) => call('POST', `${path}/members/${id}/role`, { body: { role: is === 'officer' ? 'member' : 'officer' } }),
    { stale: ['/organizations'] },
  );
  const end = useCommand(({ id }: Member) => call('POST', `${path}/members/${id}/end`, { body: {} }), {
    stale: ['/organizations', '/grants'],
    onDone: (_, { account }) => account === me && void navigate({ to: '/organizations' }),
  });
  const refused = role.refused ?? end.refused;
  const commands = (member: Member) => (
    <Group gap="xs">
      {officer && (
        <Button size="compact-sm" variant="default" onClick={() => role.run(member)} aria-label={`${roleVerb(member)}: ${member.name}`}>
          {roleVerb(member)}
        </Button>
      )}
      {member.account === me ? (
        <SureButton ask={said.leaveAsk} onSure={() => end.run(member)}>
          {said.leave}
        </SureButton>
      ) : (
        officer && (
          <SureButton ask={said.endMemberAsk(member.name ?? '')} of={member.name ?? ''} onSure={() => end.run(member)}>
            {said.endMember}
          </SureButton>
        )
      )}
    </Group>
  );
  return (
    <Section title={said.members}>
      {refused && <Refusal problem={refused} />}
      <Rows
        caption={said.members}
        columns={[
          { head: said.member, cell: ({ name, email }) => (email ? `${name} (${email})` : name) },
          { head: said.role, cell: (member) => said.roleNames[member.role] },
          { head: said.since, cell: ({ from }) => <Moment at={from} /> },
          { head: words.frame.actions, silent: true, cell: commands },
        ]}
        items={organization.members.filter(({ state }) => state === 'active')}
        keyOf={({ id }) => id}
      />
    </Section>
  );
}

const roleVerb = ({ role }: Member) => (role === 'officer' ? said.makeMember : said.makeOfficer);
