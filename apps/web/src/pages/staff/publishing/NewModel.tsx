import { Fieldset, NativeSelect, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import type { CreateModel } from '@paddock/contracts';
import { OPENNESS_COMPONENTS } from '@paddock/domain';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { choices } from '../../../elements/choices.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';

const EMPTY: CreateModel = { publisher: '', slug: '', title: '', summary: '', openness: {} };
/** The weights' own state follows from the terms. */
const DECLARED = Object.entries(OPENNESS_COMPONENTS).filter(([dimension]) => dimension !== 'weights');
const STATES = choices(PUBLISHING.opennessStates);

export function NewModel({ person, onCancel }: { person: Person; onCancel: () => void }) {
  const [model, setModel, forget] = useDraft('new-model', EMPTY);
  const navigate = useNavigate();
  const set = (change: Partial<CreateModel>) => setModel({ ...model, ...change });
  const create = useCommand(() => call('POST', '/models', { body: model }), {
    stale: ['/models'],
    onDone: () => {
      forget();
      void navigate({ to: '/publishing/$model', params: { model: model.slug } });
    },
  });
  return (
    <FormSheet title={PUBLISHING.newModel} button={PUBLISHING.create} onCancel={onCancel} width={760} command={create}>
      <PublisherSelect person={person} label={PUBLISHING.publisher} value={model.publisher} onChange={(publisher) => set({ publisher })} />
      <TextInput
        label={PUBLISHING.titleField}
        value={model.title}
        required
        maxLength={200}
        onChange={({ currentTarget: { value } }) => set({ title: value })}
      />
      <TextInput
        label={PUBLISHING.slug}
        description={PUBLISHING.slugHelp}
        value={model.slug}
        required
        maxLength={64}
        onChange={({ currentTarget: { value } }) => set({ slug: value })}
      />
      <Textarea
        label={PUBLISHING.summary}
        value={model.summary}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={({ currentTarget: { value } }) => set({ summary: value })}
      />
      <Fieldset legend={PUBLISHING.opennessTitle}>
        <Text size="sm" c="dimmed" mb="sm">
          {PUBLISHING.opennessLead}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {DECLARED.map(([dimension, { meaning }]) => (
            <NativeSelect
              key={dimension}
              size="xs"
              label={meaning}
              value={model.openness[dimension as 'paper'] ?? 'closed'}
              data={STATES}
              onChange={({ currentTarget: { value } }) => set({ openness: { ...model.openness, [dimension]: value } })}
            />
          ))}
        </SimpleGrid>
      </Fieldset>
    </FormSheet>
  );
}
