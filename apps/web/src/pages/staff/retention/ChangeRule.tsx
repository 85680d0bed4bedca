import { Button, NumberInput, Text } from '@mantine/core';
import type { RetentionDryRun, RetentionRule } from '@paddock/contracts';
import { RETENTION_KINDS } from '@paddock/domain';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Refusal } from '../../../elements/Refusal.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { DialogForm } from '../parts/DialogForm.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import { WouldErase } from './WouldErase.js';

/** Another number of days; what it would erase at once is seen before it holds. */
export function ChangeRule({ rule: { kind, meaning, ...before }, onEnd }: { rule: RetentionRule; onEnd: () => void }) {
  const [days, setDays] = useState(before.days);
  const [publisher, setPublisher] = useState(before.publisher ?? '');
  const dry = useCommand(() => call<RetentionDryRun>('POST', '/retention/dry-run', { body: { kind, days } }), { stale: [] });
  const save = useCommand(() => call('POST', '/retention/rules', { body: { kind, days, ...(publisher && { publisher }) } }), {
    stale: ['/retention'],
    onDone: onEnd,
  });
  return (
    <DialogForm
      title={said.setTitle}
      command={save}
      button={said.save}
      size="lg"
      beside={
        <Button variant="default" loading={dry.running} onClick={() => dry.run()}>
          {said.dryRun}
        </Button>
      }
      onClose={onEnd}
    >
      {dry.refused && <Refusal problem={dry.refused} />}
      <Text size="sm">{meaning}</Text>
      <NumberInput
        label={said.setDays}
        value={days ?? ''}
        min={0}
        max={36_500}
        allowDecimal={false}
        hideControls
        data-autofocus
        onChange={(value) => setDays(value === '' ? null : Number(value))}
      />
      {RETENTION_KINDS[kind].perPublisher && (
        <PublisherSelect label={said.publisher} none={said.whole} value={publisher} onChange={setPublisher} />
      )}
      {dry.answer && <WouldErase run={dry.answer} />}
    </DialogForm>
  );
}
