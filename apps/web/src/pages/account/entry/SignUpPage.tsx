import { Alert } from '@mantine/core';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { EmailField, NameField, PasswordField } from './fields.js';

const { account } = words;

export function SignUpPage() {
  const signUp = useCommand((fields: Record<string, string>) => call('POST', '/accounts', { body: fields }), { stale: [] });
  return (
    <Page title={account.signUp} lead={account.signUpLead}>
      {signUp.answer ? (
        <Alert color="green" role="status" title={account.signedUp}>
          {account.signedUpWay}
        </Alert>
      ) : (
        <EntryForm button={account.signUp} running={signUp.running} refused={signUp.refused} onSend={signUp.run}>
          <NameField />
          <EmailField />
          <PasswordField fresh />
        </EntryForm>
      )}
      <PageLink to="/sign-in" size="sm">
        {signUp.answer ? account.signIn : account.haveAccount}
      </PageLink>
    </Page>
  );
}
