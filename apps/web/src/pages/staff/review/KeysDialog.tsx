import { Kbd, Stack, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../../elements/Dialog.js';
import { REVIEW } from '../../../words/staff/review.js';
import { keysAreOn, switchKeys } from './keys.js';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(keysAreOn);
  return (
    <Dialog onClose={onClose} title={REVIEW.keys.title}>
      <Stack>
        <Table>
          <Table.Tbody>
            {REVIEW.keys.all.map(([key, meaning]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w={80}>
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={REVIEW.keys.on}
          checked={on}
          onChange={({ currentTarget: { checked } }) => {
            switchKeys(checked);
            setOn(checked);
          }}
        />
      </Stack>
    </Dialog>
  );
}
