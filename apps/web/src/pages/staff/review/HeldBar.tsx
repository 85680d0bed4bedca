import { Box, Button, CloseButton, Group, Paper, Portal, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState, useSyncExternalStore } from 'react';
import { PageLink } from '../../../elements/PageLink.js';
import { REVIEW } from '../../../words/staff/review.js';
import type { Held } from './held-commands.js';
import { holding, useHeld } from './holding.js';
import { useKeys } from './keys.js';
import { outcomes } from './outcomes.js';

const { held: said } = REVIEW;

/** What can still be undone, and what was refused after it was sent; on every page, for one goes on meanwhile. */
export default function HeldBar() {
  const held = useHeld();
  const refused = useSyncExternalStore(outcomes.subscribe, outcomes.all);
  useKeys(held.length > 0 ? { u: () => void holding.undo() } : {});
  return (
    <Portal>
      <Box
        pos="fixed"
        bottom={16}
        left={16}
        right={16}
        style={{ zIndex: 300, pointerEvents: 'none' }}
        role="region"
        aria-label={said.title}
      >
        <Stack gap="xs" align="center" role="status">
          {refused.length > 0 && (
            <Paper withBorder shadow="md" p="sm" maw={640} w="100%" style={{ pointerEvents: 'auto' }}>
              <Group justify="space-between" align="start" wrap="nowrap">
                <Stack gap={4}>
                  {refused.map(({ about, request, problem }) => (
                    <Text key={request} size="sm">
                      {said.refused(about)} {problem.detail} {problem.remedy}{' '}
                      <PageLink to="/review/$request" params={{ request }} size="sm" underline="always">
                        {said.look}
                      </PageLink>
                    </Text>
                  ))}
                </Stack>
                <CloseButton aria-label={said.dismiss} onClick={outcomes.clear} />
              </Group>
            </Paper>
          )}
          {held.slice(-3).map((one) => (
            <HeldOne key={one.id} one={one} />
          ))}
          {held.length > 3 && (
            <Paper withBorder px="sm" py={4}>
              <Text size="xs">{said.more(held.length - 3)}</Text>
            </Paper>
          )}
        </Stack>
      </Box>
    </Portal>
  );
}

function HeldOne({ one: { id, decision, about, dueAt } }: { one: Held }) {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 500, { autoInvoke: true });
  const seconds = Math.max(0, Math.ceil((dueAt - now) / 1000));
  return (
    <Paper withBorder shadow="md" px="sm" py={6} maw={640} w="100%" style={{ pointerEvents: 'auto' }}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" truncate>
          {said.done[decision.command]} {about}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {/* The countdown is no news to a screen reader each second. */}
          <Text size="xs" c="dimmed" className="numbers" aria-hidden>
            {said.sentIn(seconds)}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => holding.sendNow(id)}>
            {said.now}
          </Button>
          <Button size="compact-xs" onClick={() => holding.undo(id)}>
            {said.undo}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
