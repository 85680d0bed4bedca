import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import type { Note } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Refusal } from '../../../elements/Refusal.js';
import { PARTS } from '../../../words/staff/parts.js';
import { REVIEW } from '../../../words/staff/review.js';
import { useDraft } from '../parts/useDraft.js';

interface Props {
  request: string;
  notes: readonly Wire<typeof Note>[];
}

/** Where a key brings whoever wants to write one. */
export const NOTE_FIELD = 'review-note';

export function Notes({ request, notes }: Props) {
  const [text, setText, forget] = useDraft(`note:${request}`, '');
  const write = useCommand(() => call('POST', `/access-requests/${request}/notes`, { body: { text } }), {
    stale: [`/access-requests/${request}`],
    onDone: forget,
  });
  return (
    <Stack gap="xs">
      {notes.length === 0 && (
        <Text size="sm" c="dimmed">
          {REVIEW.notes.none}
        </Text>
      )}
      <List size="sm" spacing={6} listStyleType="none">
        {notes.map(({ id, by, text: written, at }) => (
          <List.Item key={id}>
            <Text size="sm" fw={600} span>
              {by ?? PARTS.erased}
            </Text>{' '}
            <Text size="xs" c="dimmed" span>
              <Moment at={at} as="time" />
            </Text>
            <Text size="sm" className="said">
              {written ?? PARTS.erased}
            </Text>
          </List.Item>
        ))}
      </List>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write.run();
        }}
      >
        <Stack gap="xs">
          {write.refused && <Refusal problem={write.refused} />}
          <Textarea
            id={NOTE_FIELD}
            label={REVIEW.notes.write}
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
            maxLength={4000}
            autosize
            minRows={2}
            required
          />
          <Group>
            <Button type="submit" size="xs" variant="default" loading={write.running}>
              {REVIEW.notes.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
