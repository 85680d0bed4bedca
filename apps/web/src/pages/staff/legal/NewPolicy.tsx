import { Button, Group, Paper, Radio, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { Refusal } from '../../../elements/Refusal.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { useKept } from '../parts/kept.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import { Section } from '../parts/Section.js';
import { ruleOf, SourceFields, type Source } from './SourceFields.js';
import { TextStep } from './TextStep.js';

interface Given {
  publisher: string;
  title: string;
  slug: string;
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
  const [given, setGiven, forget] = useKept('new-policy', EMPTY);
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
    <Paper withBorder p="md" maw={760}>
      <Section title={EDITOR.newPolicy}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.run();
          }}
        >
          <Stack>
            {create.refused && <Refusal problem={create.refused} />}
            <PublisherSelect person={person} label={EDITOR.publisher} value={publisher} onChange={(chosen) => set({ publisher: chosen })} />
            <TextInput
              label={EDITOR.titleField}
              value={title}
              required
              maxLength={200}
              onChange={({ currentTarget: { value } }) => set({ title: value })}
            />
            <TextInput
              label={EDITOR.slug}
              value={slug}
              required
              maxLength={64}
              onChange={({ currentTarget: { value } }) => set({ slug: value })}
            />
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
            <Group>
              <Button type="submit" loading={create.running}>
                {EDITOR.create}
              </Button>
              <Button variant="default" onClick={onCancel}>
                {PARTS.cancel}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
    </Paper>
  );
}
