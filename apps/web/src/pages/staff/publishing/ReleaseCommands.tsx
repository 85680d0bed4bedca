import { Button, NativeSelect, Text, Textarea } from '@mantine/core';
import type { Model, Release } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { size, sizeOf } from '../../../elements/sizes.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Asking } from '../parts/Asking.js';
import { DialogForm } from '../parts/DialogForm.js';
import { useUploads } from './uploads.js';

interface Props {
  release: Wire<typeof Release>;
  address: string;
}

/** What can be done with a release as it stands. */
export function ReleaseCommands({ release: { state, artifacts, model, name }, address }: Props) {
  const { running } = useUploads(address);
  const [withdrawing, setWithdrawing] = useState(false);
  if (state === 'draft')
    return (
      <Asking
        label={PUBLISHING.publish}
        meaning={PUBLISHING.publishMeaning(artifacts.length, size(sizeOf(artifacts)))}
        send={() => call('POST', `${address}/publish`, { body: {} })}
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
        send={(reason) => call('POST', `${address}/reinstate`, { body: { reason } })}
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
  const withdraw = useCommand(() => call('POST', `${address}/withdraw`, { body }), {
    stale: ['/models'],
    onDone: onClose,
  });
  const others = (data?.releases ?? []).filter((release) => release.state === 'published' && release.name !== name);
  return (
    <DialogForm title={PUBLISHING.withdraw} command={withdraw} button={PUBLISHING.withdraw} grave onClose={onClose}>
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
    </DialogForm>
  );
}
