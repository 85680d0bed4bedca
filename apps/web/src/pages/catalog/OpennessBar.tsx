import { Group, Text } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { words } from '../../words/index.js';

const { catalog } = words;
export const ORDER = ['open', 'licensed', 'closed'] as const;

/** One small square for each part of a model: open, had under its license, kept back. */
export function OpennessBar({ openness: { dimensions, open, of } }: { openness: Wire<typeof Model>['openness'] }) {
  const sorted = dimensions.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <Group gap={8} wrap="nowrap">
      <Group gap={2} wrap="nowrap" aria-hidden>
        {sorted.map(({ dimension, state }) => (
          <span key={dimension} className={`part ${state}`} title={`${dimension}: ${catalog.opennessStates[state]}`} />
        ))}
      </Group>
      <Text size="sm" className="numbers">
        {catalog.open(open, of)}
      </Text>
    </Group>
  );
}
