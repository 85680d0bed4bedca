import { Group, Image, Stack, Text, TextInput } from '@mantine/core';
import type { FactorAdded, TotpBegun } from '@paddock/contracts';
import { useEffect } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Refusal } from '../../../elements/Refusal.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import { STALE } from './stale.js';

const { security: said } = OWN;

/** The secret as a picture and as text, then the first code, which proves that the app has it. */
export function AddTotp({ onDone }: { onDone: (added: Wire<typeof FactorAdded>) => void }) {
  const begin = useCommand(() => call<Wire<typeof TotpBegun>>('POST', '/me/second-factors/totp'), { stale: [] });
  const confirm = useCommand(
    (fields: Record<string, string>) => call<Wire<typeof FactorAdded>>('POST', '/me/second-factors/totp/confirm', { body: fields }),
    { ...STALE, onDone },
  );
  const { run } = begin;
  useEffect(() => run(), []);
  if (begin.refused) return <Refusal problem={begin.refused} />;
  if (!begin.answer) return null;
  const { secret, qr } = begin.answer;
  return (
    <Group align="start" gap="xl">
      {/* As a picture by its own, the code can hold nothing that runs. */}
      <Image src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={said.qr} w={200} h={200} bg="white" p="xs" />
      <Stack gap="sm">
        <Text size="sm">{said.scan}</Text>
        <Copyable text={secret} label={said.secret} />
        <EntryForm button={said.confirm} running={confirm.running} refused={confirm.refused} onSend={confirm.run}>
          <TextInput
            name="code"
            label={said.firstCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            maxLength={20}
          />
        </EntryForm>
      </Stack>
    </Group>
  );
}
