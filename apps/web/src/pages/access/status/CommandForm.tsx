import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Refusal } from '../../../elements/Refusal.js';
import { ACCESS } from '../../../words/access.js';
import type { Request } from '../request/draft.js';

const { status: said } = ACCESS;

interface Props {
  request: string;
  command: 'appeal' | 'withdraw';
  words: { text: string; label: string; send: string };
  required?: boolean;
  onClose: () => void;
}

/** A command that needs more than a press: words, and the way back. */
export function CommandForm({ request, command, words: its, required = false, onClose }: Props) {
  const [reason, setReason] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const send = useCommand<Request>(
    () => call('POST', `/access-requests/${request}/${command}`, { body: reason.trim() ? { reason } : {} }),
    { onDone: onClose },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.run();
      }}
    >
      <Stack gap="sm" maw="60ch">
        <Text size="sm">{its.text}</Text>
        {send.refused && <Refusal problem={send.refused} />}
        <Textarea
          ref={area}
          label={its.label}
          autosize
          minRows={3}
          maxLength={4000}
          required={required}
          withAsterisk={false}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group gap="sm">
          <Button type="submit" loading={send.running}>
            {its.send}
          </Button>
          <Button variant="default" onClick={onClose}>
            {said.keep}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
