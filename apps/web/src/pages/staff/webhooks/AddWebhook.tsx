import { Button, Checkbox, Code, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import type { ModelListed, WebhookWithSecret } from '@paddock/contracts';
import { WEBHOOK_KINDS, WEBHOOK_TYPES } from '@paddock/domain';
import { call } from '../../../api/client.js';
import { useCommand, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Refusal } from '../../../elements/Refusal.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { useKept } from '../parts/kept.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';

const { webhooks: said } = DESK;
type Secret = Wire<typeof WebhookWithSecret>;
const EMPTY = { url: '', publisher: '', model: '', description: '', kinds: [...WEBHOOK_KINDS] as string[] };

export function AddWebhook({ onEnd }: { onEnd: (made?: Secret) => void }) {
  const [given, setGiven, forget] = useKept('webhook', EMPTY);
  const { url, publisher, model, description, kinds } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const { data: models = [] } = usePages<Wire<typeof ModelListed>>('/models?limit=200');
  const add = useCommand(
    () => call<Secret>('POST', '/webhooks', { body: { url, kinds, description, ...(model ? { model } : publisher && { publisher }) } }),
    {
      stale: ['/webhooks'],
      onDone: (made) => {
        forget();
        onEnd(made);
      },
    },
  );
  return (
    <Paper withBorder p="md" maw={760}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.run();
        }}
      >
        <Stack>
          {add.refused && <Refusal problem={add.refused} />}
          <TextInput
            type="url"
            label={said.url}
            value={url}
            required
            maxLength={2000}
            onChange={({ currentTarget }) => set({ url: currentTarget.value })}
          />
          <PublisherSelect
            label={said.publisher}
            none={said.everything}
            value={publisher}
            onChange={(chosen) => set({ publisher: chosen, model: '' })}
          />
          <NativeSelect
            label={said.model}
            value={model}
            data={[{ value: '', label: said.noModel }, ...models.map(({ slug, title }) => ({ value: slug, label: title }))]}
            onChange={({ currentTarget }) => set({ model: currentTarget.value, publisher: '' })}
          />
          <TextInput
            label={said.description}
            value={description}
            maxLength={200}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
          />
          <Checkbox.Group label={said.events} value={kinds} onChange={(chosen) => set({ kinds: chosen })}>
            <Stack gap={6} mt="xs">
              {WEBHOOK_KINDS.map((kind) => (
                <Checkbox
                  key={kind}
                  size="xs"
                  value={kind}
                  label={
                    <>
                      <Code>{WEBHOOK_TYPES[kind].type}</Code> {WEBHOOK_TYPES[kind].meaning}
                    </>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group>
            <Button type="submit" loading={add.running} disabled={kinds.length === 0}>
              {said.send}
            </Button>
            <Button variant="default" onClick={() => onEnd()}>
              {PARTS.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
