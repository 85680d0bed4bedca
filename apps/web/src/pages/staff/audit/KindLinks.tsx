import { Group } from '@mantine/core';
import { PageButton } from '../../../elements/PageLink.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { KIND_NAMES } from './kinds.js';

/** From one kind of rows to the others. */
export function KindLinks({ current }: { current: string }) {
  return (
    <Group component="nav" gap={4} aria-label={AUDIT.kindsLabel}>
      {KIND_NAMES.map((kind) => (
        <PageButton
          key={kind}
          size="xs"
          variant={kind === current ? 'light' : 'subtle'}
          to="/audit/$kind"
          params={{ kind }}
          {...(kind === current && { 'aria-current': 'page' as const })}
        >
          {AUDIT.kinds[kind].title}
        </PageButton>
      ))}
    </Group>
  );
}
