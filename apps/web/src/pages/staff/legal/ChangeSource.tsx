import { TextInput } from '@mantine/core';
import type { Policy } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { FormSheet } from '../parts/FormSheet.js';
import { ruleOf, SourceFields, type Source } from './SourceFields.js';

export function ChangeSource({ policy, onEnd }: { policy: Wire<typeof Policy>; onEnd: () => void }) {
  const [title, setTitle] = useState(policy.title);
  const [source, setSource] = useState<Source>({
    sourceUrl: policy.sourceUrl ?? '',
    schedule: policy.schedule ?? 'manual',
    rule: policy.standingRule,
  });
  const save = useCommand(
    () => {
      const { rule, ...captured } = source;
      return call('PATCH', `/policies/${policy.slug}`, { body: { title, ...captured, standingRule: ruleOf(rule) } });
    },
    { stale: ['/policies'], onDone: onEnd },
  );
  return (
    <FormSheet button={EDITOR.save} onCancel={onEnd} width={760} command={save}>
      <TextInput
        label={EDITOR.titleField}
        value={title}
        required
        maxLength={200}
        onChange={({ currentTarget: { value } }) => setTitle(value)}
      />
      <SourceFields source={source} onChange={setSource} />
    </FormSheet>
  );
}
