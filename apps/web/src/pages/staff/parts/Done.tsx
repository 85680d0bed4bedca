import { Alert } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/** What came of a command, and what happens next. Takes the focus, so that a screen reader says it. */
export function Done({ title, children }: { title: string; children?: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [title]);
  return (
    <Alert ref={place} tabIndex={-1} color="meadow" variant="light" title={title} role="status">
      {children}
    </Alert>
  );
}
