import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Terms and what they are, side by side; one below the other on a narrow screen. */
export function Facts({ of }: { of: readonly (readonly [term: string, is: ReactNode])[] }) {
  return (
    <Box component="dl" m={0} style={{ display: 'grid', gridTemplateColumns: 'minmax(7rem, 12rem) 1fr', gap: '0.35rem 1rem' }}>
      {of.map(([term, is]) => (
        <Box key={term} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {term}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {is}
          </Text>
        </Box>
      ))}
    </Box>
  );
}
