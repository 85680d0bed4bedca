import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { RoleAssigned } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { StaffRole } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { DESK } from '../../../words/staff/desk.js';
import { FormSheet } from '../parts/FormSheet.js';
import { instantOf } from '../parts/instants.js';
import { useDraft } from '../parts/useDraft.js';
import { ModelSelect } from '../parts/ModelSelect.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';

const { roles: said } = DESK;
const EMPTY = {
  email: '',
  role: 'reviewer' as StaffRole,
  scope: 'portal' as 'portal' | 'publisher' | 'model',
  publisher: '',
  model: '',
  until: '',
  opensSealed: false,
};

export function GiveRole({ onEnd }: { onEnd: (told?: string) => void }) {
  const [given, setGiven, forget] = useDraft('role', EMPTY);
  const { email, role, scope, publisher, model, until, opensSealed } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const give = useCommand(
    async () => {
      const body = {
        email,
        role,
        ...(scope === 'publisher' && { publisher }),
        ...(scope === 'model' && { model }),
        ...(until && { until: instantOf(until) }),
        ...(role === 'auditor' && { opensSealed }),
      };
      const { state } = await call<Wire<typeof RoleAssigned>>('POST', '/roles', { body });
      return state === 'invited' ? said.invited(email) : said.given(email);
    },
    {
      stale: ['/roles'],
      onDone: (told) => {
        forget();
        onEnd(told);
      },
    },
  );
  return (
    <FormSheet button={said.give} onCancel={() => onEnd()} command={give}>
      <TextInput
        label={said.email}
        type="email"
        value={email}
        required
        maxLength={254}
        onChange={({ currentTarget }) => set({ email: currentTarget.value })}
      />
      <NativeSelect
        label={said.role}
        value={role}
        data={choices(said.roles)}
        onChange={({ currentTarget }) => set({ role: currentTarget.value as StaffRole })}
      />
      <NativeSelect
        label={said.place}
        value={scope}
        data={choices(said.places)}
        onChange={({ currentTarget }) => set({ scope: currentTarget.value as typeof scope })}
      />
      {scope === 'publisher' && (
        <PublisherSelect label={said.publisher} value={publisher} onChange={(chosen) => set({ publisher: chosen })} />
      )}
      {scope === 'model' && <ModelSelect label={said.model} value={model} onChange={(chosen) => set({ model: chosen })} />}
      <TextInput
        type="datetime-local"
        maw={320}
        label={role === 'auditor' ? said.untilAuditor : said.until}
        required={role === 'auditor'}
        value={until}
        onChange={({ currentTarget }) => set({ until: currentTarget.value })}
      />
      {role === 'auditor' && (
        <Checkbox
          label={said.opensSealed}
          checked={opensSealed}
          onChange={({ currentTarget }) => set({ opensSealed: currentTarget.checked })}
        />
      )}
    </FormSheet>
  );
}
