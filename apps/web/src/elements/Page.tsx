import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { words } from '../words/index.js';

interface Props {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** The page's own action, beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** The frame of one page: its title in the window too. */
export function Page({ title, lead, action, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${words.frame.name}`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="start">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mt={4} maw="70ch">
              {lead}
            </Text>
          )}
        </div>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
