import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Told } from '../../../elements/Told.js';

/** A button that opens a form, the form in its place, and what came of it; then the button is there again. */
export function useAdding(label: string, form: (end: (told?: string) => void) => ReactNode, variant: 'filled' | 'default' = 'filled') {
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<string>();
  const end = (done?: string) => {
    setAdding(false);
    setTold(done);
  };
  return {
    action: !adding && (
      <Button size="xs" variant={variant} onClick={() => setAdding(true)}>
        {label}
      </Button>
    ),
    form: adding ? form(end) : told && <Told title={told} />,
  };
}
