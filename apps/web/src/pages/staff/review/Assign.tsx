import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import { Refusal } from '../../../elements/Refusal.js';
import { REVIEW } from '../../../words/staff/review.js';

/** Gives a request to a reviewer, or back to all of them. */
export const useAssigning = (request: string) =>
  useCommand((reviewer: string | null) => call('POST', `/access-requests/${request}/assign`, { body: { reviewer } }), {
    stale: ['/access-requests'],
  });

export function Assign({ request }: { request: string }) {
  const me = usePerson();
  const [other, setOther] = useState('');
  const assign = useAssigning(request);
  return (
    <Stack gap="xs" role="group" aria-label={REVIEW.assign.title}>
      {assign.refused && <Refusal problem={assign.refused} />}
      <Group gap="xs" align="end">
        <Button size="xs" variant="default" disabled={!me} onClick={() => assign.run(me!.email)}>
          {REVIEW.assign.me}
        </Button>
        <Button size="xs" variant="default" onClick={() => assign.run(null)}>
          {REVIEW.assign.nobody}
        </Button>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            assign.run(other);
          }}
        >
          <Group gap="xs" align="end">
            <TextInput
              size="xs"
              type="email"
              label={REVIEW.assign.other}
              value={other}
              onChange={({ currentTarget: { value } }) => setOther(value)}
              required
            />
            <Button size="xs" type="submit" variant="default" loading={assign.running}>
              {REVIEW.assign.send}
            </Button>
          </Group>
        </form>
      </Group>
    </Stack>
  );
}
