import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Moment } from '../../../elements/Moment.js';
import { PlainTable } from '../../../elements/PlainTable.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
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
  return (
    <Section title={said.members}>
      {refused && <Refusal problem={refused} />}
      <PlainTable
        caption={said.members}
        heads={[said.member, said.role, said.since, '']}
        items={organization.members.filter(({ state }) => state === 'active')}
        keyOf={({ id }) => id}
        cells={(member) => {
          const { account, name, email, from } = member;
          return [
            email ? `${name} (${email})` : name,
            said.roleNames[member.role],
            <Moment at={from} />,
            <Group gap="xs">
              {officer && (
                <Button size="compact-sm" variant="default" onClick={() => role.run(member)} aria-label={`${roleVerb(member)}: ${name}`}>
                  {roleVerb(member)}
                </Button>
              )}
              {account === me ? (
                <SureButton ask={said.leaveAsk} onSure={() => end.run(member)}>
                  {said.leave}
                </SureButton>
              ) : (
                officer && (
                  <SureButton ask={said.endMemberAsk(name ?? '')} of={name ?? ''} onSure={() => end.run(member)}>
                    {said.endMember}
                  </SureButton>
                )
              )}
            </Group>,
          ];
        }}
      />
    </Section>
  );
}

const roleVerb = ({ role }: Member) => (role === 'officer' ? said.makeMember : said.makeOfficer);
