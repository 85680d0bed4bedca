import { Group, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  order?: 2 | 3;
  children: ReactNode;
}

/** A part of a page under a heading of its own, which names it to screen readers. */
export function Section({ title, lead, action, order = 2, children }: Props) {
  const id = useId();
  return (
    <Stack component="section" aria-labelledby={id} gap="sm">
      <Group justify="space-between" align="end">
        <Title order={order} size={order === 2 ? 'h4' : 'h5'} id={id}>
          {title}
        </Title>
        {action}
      </Group>
      {lead && (
        <Text size="sm" c="dimmed" maw="70ch">
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  );
}
