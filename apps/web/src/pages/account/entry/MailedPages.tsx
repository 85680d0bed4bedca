import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Page } from '../../../elements/Page.js';
import { PageButton } from '../../../elements/PageLink.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { EmailField, NameField, PasswordField } from './fields.js';
import { mailedSecret } from './return-to.js';

const { account } = words;

interface Step {
  /** Below /api/v1. */
  path: string;
  button: string;
  done: string;
  /** Whether the secret of the mailed link goes with it. */
  secret: boolean;
  next?: '/sign-in';
  children?: ReactNode;
}

/** One form, then what came of it. Opening the link changes nothing: mail scanners follow links. */
function OneStep({ path, button, done, secret, next, children }: Step) {
  const [token] = useState(mailedSecret);
  const send = useCommand(
    (fields: Record<string, string>) => call('POST', path, { body: { ...fields, ...(secret && token && { token }) } }).then(() => true),
    { stale: [] },
  );
  if (send.answer)
    return (
      <Alert color="green" role="status" title={done}>
        {next && (
          <PageButton to={next} size="xs">
            {account.signIn}
          </PageButton>
        )}
      </Alert>
    );
  return (
    <EntryForm button={button} running={send.running} refused={send.refused} onSend={send.run}>
      {children}
    </EntryForm>
  );
}

export function ResetPasswordPage() {
  const [mailed] = useState(() => mailedSecret() !== null);
  return (
    <Page title={account.reset} {...(!mailed && { lead: account.resetLead })}>
      {mailed ? (
        <OneStep path="/password-reset" button={account.setPassword} done={account.resetDone} next="/sign-in" secret>
          <PasswordField fresh />
        </OneStep>
      ) : (
        <OneStep path="/password-reset" button={account.resetSend} done={account.resetSent} secret={false}>
          <EmailField />
        </OneStep>
      )}
    </Page>
  );
}

export function VerifyEmailPage() {
  const [mailed] = useState(() => mailedSecret() !== null);
  return (
    <Page title={account.verifyEmail} lead={mailed ? account.verifyEmailLead : account.resendLead}>
      {mailed ? (
        <OneStep path="/email-verification" button={account.confirm} done={account.verified} secret />
      ) : (
        <OneStep path="/email-verification" button={account.resend} done={account.resent} secret={false} />
      )}
    </Page>
  );
}

export function SetupPage() {
  const [mailed] = useState(() => mailedSecret() !== null);
  return (
    <Page title={account.setup} lead={account.setupLead}>
      {mailed ? (
        <OneStep path="/first-administrator" button={account.setUp} done={account.setUpDone} next="/sign-in" secret>
          <NameField />
          <EmailField />
          <PasswordField fresh />
        </OneStep>
      ) : (
        <NoSecret />
      )}
    </Page>
  );
}

/** A mailed link that lost what stands behind its `#`. */
export function NoSecret() {
  return (
    <Alert color="yellow" title={account.noSecret}>
      {account.noSecretWay}
    </Alert>
  );
}
