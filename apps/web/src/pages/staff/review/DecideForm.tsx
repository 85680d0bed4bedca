import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import type { ReasonTemplate } from '@paddock/contracts';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import type { Wire } from '../../../api/wire.js';
import { REVIEW } from '../../../words/staff/review.js';
import { useDraft } from '../parts/useDraft.js';
import type { Decision } from './held-commands.js';
import { reasonKey } from './reasons.js';

const { decide: said } = REVIEW;

interface Props {
  command: Decision['command'];
  requests: readonly string[];
  templates: readonly Wire<typeof ReasonTemplate>[];
  onDecide: (reason: string) => void;
  onCancel: () => void;
}

/** The reason of a decision, which the applicant reads; from a kept one or in one's own words. */
export function DecideForm({ command, requests, templates, onDecide, onCancel }: Props) {
  const [reason, setReason] = useDraft(reasonKey(requests[0]!), '');
  const [missing, setMissing] = useState(false);
  const fitting = templates.filter(({ outcome }) => outcome === command);
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (command !== 'approve' && reason.trim() === '') return setMissing(true);
    onDecide(reason);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form onSubmit={submit} onKeyDown={press} aria-label={said[command]}>
      <Stack gap="xs">
        <Text size="sm">{said[`${command}Meaning`]}</Text>
        {fitting.length > 0 && (
          <NativeSelect
            label={said.template}
            data={[{ value: '', label: said.own }, ...fitting.map(({ id, title }) => ({ value: id, label: title }))]}
            onChange={({ currentTarget: { value } }) => setReason(fitting.find(({ id }) => id === value)?.reason ?? reason)}
          />
        )}
        <Textarea
          label={command === 'approve' ? said.reasonOptional : said.reason}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          error={missing && reason.trim() === '' && said.reasonMissing}
          maxLength={4000}
          autosize
          minRows={3}
          maxRows={10}
          autoFocus
        />
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {said.hint}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onCancel}>
              {said.cancel}
            </Button>
            <Button size="xs" type="submit" {...(command === 'reject' && { color: 'red.8' })}>
              {said.send[command](requests.length)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
