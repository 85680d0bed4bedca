import { Button, Fieldset, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { CreateModel } from '@paddock/contracts';
import { OPENNESS_COMPONENTS } from '@paddock/domain';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { Refusal } from '../../../elements/Refusal.js';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { useKept } from '../parts/kept.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';
import { Section } from '../parts/Section.js';

const EMPTY: CreateModel = { publisher: '', slug: '', title: '', summary: '', openness: {} };
/** The weights' own state follows from the terms. */
const DECLARED = Object.entries(OPENNESS_COMPONENTS).filter(([dimension]) => dimension !== 'weights');
const STATES = Object.entries(PUBLISHING.opennessStates).map(([value, label]) => ({ value, label }));

export function NewModel({ person, onCancel }: { person: Person; onCancel: () => void }) {
  const [model, setModel, forget] = useKept('new-model', EMPTY);
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
    <Paper withBorder p="md" maw={760}>
      <Section title={PUBLISHING.newModel}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.run();
          }}
        >
          <Stack>
            {create.refused && <Refusal problem={create.refused} />}
            <PublisherSelect
              person={person}
              label={PUBLISHING.publisher}
              value={model.publisher}
              onChange={(publisher) => set({ publisher })}
            />
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
            <Group>
              <Button type="submit" loading={create.running}>
                {PUBLISHING.create}
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
