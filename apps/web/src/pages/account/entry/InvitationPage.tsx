import { Alert, Group } from '@mantine/core';
import type { Joined } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { NoSecret } from './MailedPages.js';
import { mailedSecret } from './return-to.js';

const { account } = words;

/** Where the mail of an invitation leads. The secret outlives a sign-in in this tab, for it works only then. */
export function InvitationPage() {
  const person = usePerson();
  const [token] = useState(keptSecret);
  const join = useCommand(() => call<Wire<typeof Joined>>('POST', '/invitations/accept', { body: { token } }), {
    onDone: () => sessionStorage.removeItem(KEPT),
  });
  return (
    <Page title={account.invitation} lead={account.invitationLead}>
      {!token && <NoSecret />}
      {token && person === null && (
        <Group>
          <PageButton to="/sign-in" search={{ returnTo: '/invitation' }}>
            {account.signIn}
          </PageButton>
          <PageLink to="/sign-up">{account.signUp}</PageLink>
        </Group>
      )}
      {token && person && !join.answer && (
        <EntryForm button={account.join} running={join.running} refused={join.refused} onSend={() => join.run()} />
      )}
      {join.answer && (
        <Alert color="green" role="status" title={account.joined(join.answer.legalName)}>
          <PageLink to="/organizations/$organization" params={{ organization: join.answer.organization }}>
            {account.toOrganization}
          </PageLink>
        </Alert>
      )}
    </Page>
  );
}

const KEPT = 'invitation';

function keptSecret(): string | null {
  const mailed = mailedSecret();
  if (mailed) sessionStorage.setItem(KEPT, mailed);
  return mailed ?? sessionStorage.getItem(KEPT);
}
