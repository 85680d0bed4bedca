import { Badge } from '@mantine/core';

const COLORS: Readonly<Record<string, string>> = {
  active: 'green',
  approved: 'green',
  published: 'green',
  effective: 'green',
  open: 'green',
  accepted: 'green',
  'in-force': 'green',
  rejected: 'red',
  revoked: 'red',
  suspended: 'red',
  failed: 'red',
  withdrawn: 'gray',
  expired: 'gray',
  closed: 'gray',
  ended: 'gray',
};

/** A state as one word; color only repeats what the word says. */
export function State({ of, children }: { of: string; children?: string }) {
  return (
    <Badge variant="dot" color={COLORS[of] ?? 'yellow'} tt="none" fw={500} miw="max-content">
      {children ?? of}
    </Badge>
  );
}
