import { Checkbox, Code, Stack, TextInput } from '@mantine/core';
import type { WebhookWithSecret } from '@paddock/contracts';
import { WEBHOOK_KINDS, WEBHOOK_TYPES } from '@paddock/domain';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { DESK } from '../../../words/staff/desk.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';
import { ModelSelect } from '../parts/ModelSelect.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';

const { webhooks: said } = DESK;
type Secret = Wire<typeof WebhookWithSecret>;
const EMPTY = { url: '', publisher: '', model: '', description: '', kinds: [...WEBHOOK_KINDS] as string[] };

export function AddWebhook({ onEnd }: { onEnd: (made?: Secret) => void }) {
  const [given, setGiven, forget] = useDraft('webhook', EMPTY);
  const { url, publisher, model, description, kinds } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
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
    <FormSheet button={said.send} disabled={kinds.length === 0} onCancel={() => onEnd()} width={760} command={add}>
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
      <ModelSelect label={said.model} none={said.noModel} value={model} onChange={(chosen) => set({ model: chosen, publisher: '' })} />
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
    </FormSheet>
  );
}
