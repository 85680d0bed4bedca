import { Button, Group, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { words } from '../../words/index.js';

const { legal } = words;

/** "What did it say on that day?" */
export function InForceOn({ policy, on = '' }: { policy: string; on?: string }) {
  const [day, setDay] = useState(on);
  const navigate = useNavigate();
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: `/policies/${encodeURIComponent(policy)}/in-force`, search: { on: day } as never });
      }}
    >
      <Group align="end">
        <TextInput type="date" required label={legal.inForceOn} value={day} onChange={({ currentTarget }) => setDay(currentTarget.value)} />
        <Button type="submit" variant="default">
          {legal.show}
        </Button>
      </Group>
    </form>
  );
}
