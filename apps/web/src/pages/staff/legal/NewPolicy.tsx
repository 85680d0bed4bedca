import { Radio, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';
import { NamedFields, type Named } from './NamedFields.js';
import { ruleOf, SourceFields, type Source } from './SourceFields.js';
import { TextStep } from './TextStep.js';

interface Given extends Named {
  from: 'source' | 'text';
  text: string;
  source: Source;
}

const EMPTY: Given = {
  publisher: '',
  title: '',
  slug: '',
  from: 'source',
  text: '',
  source: { sourceUrl: '', schedule: 'daily', rule: null },
};

export function NewPolicy({ person, onCancel }: { person: Person; onCancel: () => void }) {
  const [given, setGiven, forget] = useDraft('new-policy', EMPTY);
  const { publisher, title, slug, from, text, source } = given;
  const set = (change: Partial<Given>) => setGiven({ ...given, ...change });
  const navigate = useNavigate();
  const create = useCommand(
    () => {
      const { rule, ...captured } = source;
      const what = from === 'text' ? { text } : { ...captured, standingRule: ruleOf(rule) };
      return call('POST', '/policies', { body: { publisher, title, slug, ...what } });
    },
    {
      stale: ['/policies'],
      onDone: () => {
        forget();
        void navigate({ to: '/legal/policies/$policy', params: { policy: slug } });
      },
    },
  );
  return (
    <FormSheet title={EDITOR.newPolicy} button={EDITOR.create} onCancel={onCancel} width={760} command={create}>
      <NamedFields person={person} named={given} onChange={set} />
      <Radio.Group label={EDITOR.whichPolicy} value={from} onChange={(chosen) => set({ from: chosen as Given['from'] })}>
        <Stack gap="xs" mt="xs">
          <Radio value="source" label={EDITOR.captured} />
          <Radio value="text" label={EDITOR.written} />
        </Stack>
      </Radio.Group>
      {from === 'text' ? (
        <TextStep text={text} label={EDITOR.kept} onChange={(written) => set({ text: written })} />
      ) : (
        <SourceFields source={source} onChange={(changed) => set({ source: changed })} />
      )}
    </FormSheet>
  );
}
