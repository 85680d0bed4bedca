import { Alert, Button, Group, Text } from '@mantine/core';
import type { Security } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { Told } from '../../../elements/Told.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import { PasswordField } from '../entry/fields.js';
import { Factors } from './Factors.js';
import { Identities } from './Identities.js';
import { Sessions } from './Sessions.js';

const { security: said } = OWN;

export function SecurityPage() {
  const security = useAnswer<Wire<typeof Security>>('/me/security');
  const waiting = useSearchText('confirm') === 'identity';
  return (
    <Page title={said.title} lead={said.lead}>
      {waiting && <WaitingIdentity />}
      <Loaded of={security}>
        {(shown) => (
          <>
            <Factors security={shown} />
            <Identities />
            <Sessions />
            <Password has={shown.password} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** An identity that was proved before the sign-in to this account: the person says that both are theirs. */
function WaitingIdentity() {
  const link = useCommand(() => call<{ state: string }>('POST', '/me/identities'), { stale: ['/me/identities'] });
  if (link.answer) return <Told title={said.linked} />;
  return (
    <Alert color="blue" variant="light" title={said.waiting}>
      {link.refused && <Refusal problem={link.refused} />}
      <Text size="sm">{said.waitingLead}</Text>
      <Group mt="sm">
        <Button size="xs" onClick={() => link.run()} loading={link.running}>
          {said.linkIt}
        </Button>
      </Group>
    </Alert>
  );
}

function Password({ has }: { has: boolean }) {
  const set = useCommand((fields: Record<string, string>) => call<{ state: string }>('POST', '/me/password', { body: fields }), {
    stale: ['/me/security', '/sessions', '/tokens'],
  });
  return (
    <Section title={said.password} lead={has ? said.passwordLead : said.noPassword}>
      {set.answer && <Told title={said.passwordSet} />}
      <EntryForm key={String(set.answer?.state)} button={said.setPassword} running={set.running} refused={set.refused} onSend={set.run}>
        <PasswordField fresh />
      </EntryForm>
    </Section>
  );
}
