import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import type { RotatedPasskey } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../../api/client.js';
import { useCommand } from '../../../../api/hooks.js';
import type { Wire } from '../../../../api/wire.js';
import { Moment } from '../../../../elements/Moment.js';
import { Refusal } from '../../../../elements/Refusal.js';
import { Told } from '../../../../elements/Told.js';
import { ACCESS } from '../../../../words/access.js';

const { downloads: said } = ACCESS;

/** The secret in one's torrent files, replaced. */
export function Passkey({ grant, release }: { grant: string; release: string }) {
  const [immediately, setImmediately] = useState(false);
  const rotate = useCommand<Wire<typeof RotatedPasskey>>(
    () => call('POST', `/grants/${grant}/passkeys/rotate`, { body: { release, immediately } }),
    { stale: [] },
  );
  return (
    <Stack gap="xs" component="section" aria-label={said.passkey}>
      <Title order={4} size="h6">
        {said.passkey}
      </Title>
      <Text size="sm">{said.passkeyLead}</Text>
      {rotate.refused && <Refusal problem={rotate.refused} />}
      {rotate.answer && (
        <Told title={said.passkeyDone}>
          {said.passkeyUntil} <Moment at={rotate.answer.previousUntil} as="time" />
        </Told>
      )}
      <Checkbox
        size="sm"
        label={said.passkeyAtOnce}
        checked={immediately}
        onChange={({ currentTarget }) => setImmediately(currentTarget.checked)}
      />
      <Group>
        <Button size="xs" variant="default" onClick={() => rotate.run()} loading={rotate.running}>
          {said.passkeyRotate}
        </Button>
      </Group>
    </Stack>
  );
}
