import { Button, Group, TextInput } from '@mantine/core';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Page } from '../../../elements/Page.js';
import { Refusal } from '../../../elements/Refusal.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import type { Outcome } from './outcome.js';
import { assertion, passkeysWork } from './passkeys.js';

const { account } = words;
const PATH = '/session/second-factor';

interface Props {
  methods: readonly string[];
  onDone: (answer: Outcome) => void;
}

/** The one more proof that an account asks for. */
export function SecondFactor({ methods, onDone }: Props) {
  const options = { stale: [], onDone };
  const totp = useCommand(
    (fields: Record<string, string>) => call<Outcome>('POST', PATH, { body: { method: 'totp', ...fields } }),
    options,
  );
  const recovery = useCommand(
    (fields: Record<string, string>) => call<Outcome>('POST', PATH, { body: { method: 'recovery-code', ...fields } }),
    options,
  );
  const passkey = useCommand(
    async () =>
      call<Outcome>('POST', PATH, {
        body: { method: 'passkey', response: await assertion(await call('POST', `${PATH}/passkey-options`)) },
      }),
    options,
  );
  return (
    <Page title={account.secondFactor} lead={account.secondFactorLead}>
      {passkeysWork && methods.includes('passkey') && (
        <Group>
          {passkey.refused && <Refusal problem={passkey.refused} />}
          <Button loading={passkey.running} onClick={() => passkey.run()}>
            {account.usePasskey}
          </Button>
        </Group>
      )}
      {methods.includes('totp') && (
        <EntryForm button={account.goOn} running={totp.running} refused={totp.refused} onSend={totp.run}>
          <TextInput name="code" label={account.totp} required autoComplete="one-time-code" inputMode="numeric" data-autofocus />
        </EntryForm>
      )}
      <EntryForm button={account.goOn} running={recovery.running} refused={recovery.refused} onSend={recovery.run}>
        <TextInput name="code" label={account.recoveryCode} required autoComplete="off" />
      </EntryForm>
    </Page>
  );
}
