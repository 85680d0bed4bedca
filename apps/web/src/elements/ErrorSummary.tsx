import { Alert, Anchor, List } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { words } from '../words/index.js';

export interface Fault {
  /** The id of the control that is to be corrected. */
  control: string;
  label: string;
  why: string;
}

/** What is to be corrected, in one place above a form; each line leads to its control. Takes the focus when it appears. */
export function ErrorSummary({ faults }: { faults: readonly Fault[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) place.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <Alert ref={place} tabIndex={-1} color="red" variant="light" role="alert" title={words.frame.toCorrect(faults.length)}>
      <List size="sm">
        {faults.map(({ control, label, why }) => (
          <List.Item key={control}>
            <Anchor
              size="sm"
              href={`#${control}`}
              onClick={(event) => {
                event.preventDefault();
                focusOn(control);
              }}
            >
              {`${label.replace(/[.?:]+$/, '')}: ${why}`}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** A group of boxes has no focus of its own: its first box has. */
export function focusOn(control: string): void {
  const found = document.getElementById(control);
  const target = found?.matches('input, select, textarea, button') ? found : found?.querySelector<HTMLElement>('input, select, textarea');
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}
