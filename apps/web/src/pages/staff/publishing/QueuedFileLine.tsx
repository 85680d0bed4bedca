import { ActionIcon, Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { choices } from '../../../elements/choices.js';
import { Refusal } from '../../../elements/Refusal.js';
import { size } from '../../../elements/sizes.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import type { UploadStep } from './file-upload.js';
import { change, start, takeAway, tryNow, type QueuedFile } from './uploads.js';

const ACCESSES = choices(PUBLISHING.accesses);

export function QueuedFileLine({ file: { path, access, blob, step }, address }: { file: QueuedFile; address: string }) {
  const idle = step.at === 'waiting' || step.at === 'refused' || step.at === 'done';
  return (
    <Stack component="li" gap={4} py={4} style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {path}
        </Text>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" c="dimmed" className="numbers">
            {step.at === 'sending' || step.at === 'lost' ? PUBLISHING.of(size(step.sent), size(blob.size)) : size(blob.size)}
          </Text>
          {step.at === 'waiting' && (
            <NativeSelect
              size="xs"
              aria-label={`${PUBLISHING.access} ${path}`}
              value={access}
              data={ACCESSES}
              onChange={({ currentTarget: { value } }) => change(address, path, { access: value as QueuedFile['access'] })}
            />
          )}
          {step.at === 'done' && <Text size="sm">{PUBLISHING.uploaded}</Text>}
          {idle && (
            <ActionIcon variant="subtle" color="gray" aria-label={PUBLISHING.takeAway(path)} onClick={() => takeAway(address, path)}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      {(step.at === 'sending' || step.at === 'lost') && (
        <Progress value={blob.size === 0 ? 100 : (step.sent / blob.size) * 100} aria-label={PUBLISHING.progress(path)} />
      )}
      {step.at === 'lost' && <Lost step={step} />}
      {step.at === 'refused' && (
        <Stack gap="xs">
          <Refusal problem={step.problem} />
          <Group>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                change(address, path, { step: { at: 'waiting' } });
                void start(address);
              }}
            >
              {PUBLISHING.tryAgain}
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  );
}

function Lost({ step }: { step: Extract<UploadStep, { at: 'lost' }> }) {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 500, { autoInvoke: true });
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{PUBLISHING.lost(Math.max(0, Math.ceil((step.retryAt - now) / 1000)))}</Text>
      <Button size="compact-xs" variant="default" onClick={tryNow}>
        {PUBLISHING.tryNow}
      </Button>
    </Group>
  );
}
