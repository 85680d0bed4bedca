import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  lead?: string;
  /** For links that lead to it. */
  id?: string;
  children: ReactNode;
}

/** A part of a page under its own heading, with a sentence on what it is for. */
export function Section({ title, lead, id, children }: Props) {
  return (
    <Stack component="section" gap="sm" aria-label={title} {...(id && { id })}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
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
