import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import type { AuditKindName, SavedView } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Dialog } from '../../../elements/Dialog.js';
import { Refusal } from '../../../elements/Refusal.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { PARTS } from '../../../words/staff/parts.js';
import type { Filters } from '../parts/filters.js';

/** Keeps the filters under a name, for oneself or for whoever audits the same. */
export function SaveView({ kind, filters }: { kind: AuditKindName; filters: Filters }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useCommand(() => call<Wire<typeof SavedView>>('POST', '/audit/saved-views', { body: { name, kind, filters, shared } }), {
    stale: ['/audit/saved-views'],
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {AUDIT.saveView}
      </Button>
      {open && (
        <Dialog title={AUDIT.saveView} onClose={() => setOpen(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.run();
            }}
          >
            <Stack>
              {save.refused && <Refusal problem={save.refused} />}
              <TextInput
                label={AUDIT.viewName}
                value={name}
                required
                maxLength={100}
                data-autofocus
                onChange={({ currentTarget: { value } }) => setName(value)}
              />
              <Checkbox label={AUDIT.shareView} checked={shared} onChange={({ currentTarget: { checked } }) => setShared(checked)} />
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setOpen(false)}>
                  {PARTS.cancel}
                </Button>
                <Button type="submit" loading={save.running}>
                  {AUDIT.saveView}
                </Button>
              </Group>
            </Stack>
          </form>
        </Dialog>
      )}
    </>
  );
}
