import { Group, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  lead?: ReactNode;
  /** The section's own action, beside its title. */
  action?: ReactNode;
  order?: 2 | 3;
  /** For links that lead to it. */
  id?: string;
  children: ReactNode;
}

/** A part of a page under a heading of its own, which names it to screen readers. */
export function Section({ title, lead, action, order = 2, id, children }: Props) {
  const heading = useId();
  return (
    <Stack component="section" aria-labelledby={heading} gap="sm" {...(id && { id })}>
      <div>
        <Group justify="space-between" align="end">
          <Title order={order} size={order === 2 ? 'h4' : 'h5'} id={heading}>
            {title}
          </Title>
          {action}
        </Group>
        {lead && (
          <Text size="sm" c="dimmed" maw="70ch">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
