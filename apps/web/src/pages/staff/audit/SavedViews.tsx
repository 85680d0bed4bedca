import { Button, Checkbox, TextInput } from '@mantine/core';
import type { AuditKindName, SavedView } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { DialogForm } from '../parts/DialogForm.js';
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
        <DialogForm title={AUDIT.saveView} command={save} button={AUDIT.saveView} onClose={() => setOpen(false)}>
          <TextInput
            label={AUDIT.viewName}
            value={name}
            required
            maxLength={100}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Checkbox label={AUDIT.shareView} checked={shared} onChange={({ currentTarget: { checked } }) => setShared(checked)} />
        </DialogForm>
      )}
    </>
  );
}
