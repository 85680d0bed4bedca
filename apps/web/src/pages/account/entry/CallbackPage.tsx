import { Alert, Text, TextInput } from '@mantine/core';
import type { OidcEnded } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { PageButton } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { localPath } from './return-to.js';
import { SecondFactor } from './SecondFactor.js';
import { isThrough, type Outcome } from './outcome.js';

const { account } = words;
type Ended = Wire<typeof OidcEnded>;

/** Where a provider sends the browser back to: what came with it is posted, once. */
export function CallbackPage() {
  const { provider } = useParams({ from: '/sign-in/oidc/$provider/callback' });
  const [outcome, setOutcome] = useState<Outcome>();
  const arrive = (answer: Outcome) => {
    const returnTo = localPath((answer as Ended).returnTo ?? (outcome as Ended | undefined)?.returnTo);
    if (isThrough(answer)) location.replace(returnTo ?? (answer.state === 'linked' ? '/security' : '/'));
    else setOutcome(answer);
  };
  const end = useCommand((query: string) => call<Ended>('POST', `/sign-in/oidc/${provider}/callback`, { body: { query } }), {
    stale: [],
    onDone: arrive,
  });
  const begun = useRef(false);
  const { run } = end;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    run(location.search.slice(1));
    // The code is used once; it need not stay in the history.
    history.replaceState(null, '', location.pathname);
  }, [run]);
  if (outcome?.state === 'second-factor-required') return <SecondFactor methods={outcome.methods ?? []} onDone={arrive} />;
  if (outcome?.state === 'email-required') return <AskEmail onDone={arrive} />;
  return (
    <Page title={account.signIn}>
      {outcome?.state === 'link-required' && (
        <Alert title={account.linkRequired} role="status">
          <Text size="sm">{account.linkRequiredWay}</Text>
          <PageButton to="/sign-in" search={{ returnTo: '/security?confirm=identity' }} size="xs" mt="sm">
            {account.signIn}
          </PageButton>
        </Alert>
      )}
      {end.refused && <Refusal problem={end.refused} />}
      {!outcome && !end.refused && <Text role="status">{account.signingIn}</Text>}
    </Page>
  );
}

function AskEmail({ onDone }: { onDone: (answer: Outcome) => void }) {
  const name = useCommand((fields: Record<string, string>) => call<Ended>('POST', '/sign-in/identity', { body: fields }), {
    stale: [],
    onDone,
  });
  return (
    <Page title={account.providerEmail} lead={account.providerEmailLead}>
      <EntryForm button={account.goOn} running={name.running} refused={name.refused} onSend={name.run}>
        <TextInput name="email" type="email" label={account.email} required autoComplete="email" />
      </EntryForm>
    </Page>
  );
}
