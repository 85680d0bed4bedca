import { Alert, TextInput } from '@mantine/core';
import type { FactorAdded } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import { STALE } from './stale.js';

const { security: said } = OWN;

/** A name, and then what the browser asks. */
export function AddPasskey({ onDone }: { onDone: (added: Wire<typeof FactorAdded>) => void }) {
  const [turnedAway, setTurnedAway] = useState(false);
  const add = useCommand(
    ({ name, response }: { name: string; response: unknown }) =>
      call<Wire<typeof FactorAdded>>('POST', '/me/second-factors/passkeys', { body: { name, response } }),
    { ...STALE, onDone },
  );
  const begin = useCommand(
    async ({ name }: Record<string, string>) => ({ name: name!, options: await call('POST', '/me/second-factors/passkeys/options') }),
    {
      stale: [],
      onDone: ({ name, options }) => {
        setTurnedAway(false);
        made(options).then(
          (response) => add.run({ name, response }),
          () => setTurnedAway(true),
        );
      },
    },
  );
  return (
    <>
      {turnedAway && (
        <Alert color="yellow" role="alert" title={said.passkeyRefused}>
          {said.passkeyRefusedWay}
        </Alert>
      )}
      <EntryForm button={said.passkeyGo} running={begin.running || add.running} refused={begin.refused ?? add.refused} onSend={begin.run}>
        <TextInput name="name" label={said.passkeyName} description={said.passkeyNameHelp} required withAsterisk={false} maxLength={60} />
      </EntryForm>
    </>
  );
}

async function made(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  return ((await navigator.credentials.create({ publicKey })) as PublicKeyCredential).toJSON();
}
