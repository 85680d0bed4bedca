import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import type { Model, Release } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Dialog } from '../../../elements/Dialog.js';
import { Refusal } from '../../../elements/Refusal.js';
import { size } from '../../../elements/sizes.js';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Asking } from '../parts/Asking.js';
import { useUploads } from './uploads.js';

interface Props {
  release: Wire<typeof Release>;
  address: string;
}

/** What can be done with a release as it stands. */
export function ReleaseCommands({ release: { state, artifacts, model, name }, address }: Props) {
  const { running } = useUploads(address);
  const [withdrawing, setWithdrawing] = useState(false);
  const total = artifacts.reduce((sum, artifact) => sum + artifact.size, 0);
  if (state === 'draft')
    return (
      <Asking
        label={PUBLISHING.publish}
        meaning={PUBLISHING.publishMeaning(artifacts.length, size(total))}
        send={(_, idempotencyKey) => call('POST', `${address}/publish`, { body: {}, idempotencyKey })}
        stale={['/models']}
        button={{ variant: 'filled', size: 'sm', disabled: running || artifacts.length === 0 }}
      />
    );
  if (state === 'withdrawn')
    return (
      <Asking
        label={PUBLISHING.reinstate}
        meaning={PUBLISHING.reinstateMeaning}
        reason={PUBLISHING.reinstateReason}
        send={(reason, idempotencyKey) => call('POST', `${address}/reinstate`, { body: { reason }, idempotencyKey })}
        stale={['/models']}
      />
    );
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setWithdrawing(true)}>
        {PUBLISHING.withdraw}
      </Button>
      {withdrawing && <Withdraw model={model} name={name} address={address} onClose={() => setWithdrawing(false)} />}
    </>
  );
}

function Withdraw({ model, name, address, onClose }: { model: string; name: string; address: string; onClose: () => void }) {
  const { data } = useAnswer<Wire<typeof Model>>(`/models/${model}`);
  const [reason, setReason] = useState('');
  const [replacement, setReplacement] = useState('');
  const body = { reason, ...(replacement && { replacement }) };
  const withdraw = useCommand((_, idempotencyKey) => call('POST', `${address}/withdraw`, { body, idempotencyKey }), {
    stale: ['/models'],
    onDone: onClose,
  });
  const others = (data?.releases ?? []).filter((release) => release.state === 'published' && release.name !== name);
  return (
    <Dialog title={PUBLISHING.withdraw} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          withdraw.run();
        }}
      >
        <Stack>
          {withdraw.refused && <Refusal problem={withdraw.refused} />}
          <Text size="sm">{PUBLISHING.withdrawMeaning}</Text>
          <Textarea
            label={PUBLISHING.withdrawReason}
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(value)}
            maxLength={2000}
            autosize
            minRows={3}
            required
            data-autofocus
          />
          <NativeSelect
            label={PUBLISHING.replacement}
            value={replacement}
            data={[{ value: '', label: PUBLISHING.noReplacement }, ...others.map((other) => other.name)]}
            onChange={({ currentTarget: { value } }) => setReplacement(value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {PARTS.cancel}
            </Button>
            <Button type="submit" color="red.8" loading={withdraw.running}>
              {PUBLISHING.withdraw}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
