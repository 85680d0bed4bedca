import { Button, Divider, Group, Stack } from '@mantine/core';
import type { OidcBegun, ProviderListed } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { EmailField, PasswordField } from './fields.js';
import { assertion, passkeysWork } from './passkeys.js';
import { localPath } from './return-to.js';
import { SecondFactor } from './SecondFactor.js';
import { isThrough, type Outcome } from './outcome.js';

const { account } = words;

export function SignInPage() {
  const returnTo = localPath(useSearchText('returnTo'));
  const [outcome, setOutcome] = useState<Outcome>();
  const arrive = (answer: Outcome) => (isThrough(answer) ? location.replace(returnTo ?? '/') : setOutcome(answer));
  const password = useCommand((fields: Record<string, string>) => call<Outcome>('POST', '/session', { body: fields }), {
    stale: [],
    onDone: arrive,
  });
  if (outcome?.state === 'second-factor-required') return <SecondFactor methods={outcome.methods ?? []} onDone={arrive} />;
  return (
    <Page title={account.signIn}>
      <EntryForm button={account.signIn} running={password.running} refused={password.refused} onSend={password.run}>
        <EmailField />
        <PasswordField />
      </EntryForm>
      <OtherWays returnTo={returnTo} onDone={arrive} />
      <Group gap="lg">
        <PageLink to="/sign-up" size="sm">
          {account.signInNew}
        </PageLink>
        <PageLink to="/reset-password" size="sm">
          {account.forgotten}
        </PageLink>
      </Group>
    </Page>
  );
}

/** Passkeys, and the providers that the portal knows. */
function OtherWays({ returnTo, onDone }: { returnTo: string | undefined; onDone: (answer: Outcome) => void }) {
  const { data: providers } = useAnswer<{ items: Wire<typeof ProviderListed>[] }>('/sign-in/providers');
  const passkey = useCommand(
    async () =>
      call<Outcome>('POST', '/session/passkey', { body: { response: await assertion(await call('POST', '/session/passkey/options')) } }),
    { stale: [], onDone },
  );
  const provider = useCommand(
    (id: string) => call<Wire<typeof OidcBegun>>('POST', `/sign-in/oidc/${id}`, { body: returnTo ? { returnTo } : {} }),
    { stale: [], onDone: ({ url }) => location.assign(url) },
  );
  const refused = passkey.refused ?? provider.refused;
  if (!passkeysWork && !providers?.items.length) return null;
  return (
    <Stack maw="26rem">
      <Divider label={account.or} />
      {refused && <Refusal problem={refused} />}
      {passkeysWork && (
        <Button variant="default" loading={passkey.running} onClick={() => passkey.run()}>
          {account.withPasskey}
        </Button>
      )}
      {providers?.items.map(({ id, title }) => (
        <Button key={id} variant="default" loading={provider.running} onClick={() => provider.run(id)}>
          {account.signInWith(title)}
        </Button>
      ))}
    </Stack>
  );
}
