import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Facts.module.css';

/** Terms with what they are, one below the other; terms of nothing are left out. */
export function Facts({ of }: { of: readonly (readonly [string, ReactNode])[] }) {
  const said = of.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  return (
    <Box component="dl" className={classes.facts}>
      {said.map(([term, value]) => (
        <div key={term}>
          <Text component="dt" size="sm" c="dimmed">
            {term}
          </Text>
          <Text component="dd" m={0} size="sm">
            {value}
          </Text>
        </div>
      ))}
    </Box>
  );
}
