import { Button, Checkbox, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import type { ModelListed, RoleAssigned } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand, usePages } from '../../../api/hooks.js';
import type { StaffRole } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Refusal } from '../../../elements/Refusal.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Done } from '../parts/Done.js';
import { instantOf } from '../parts/instants.js';
import { useKept } from '../parts/kept.js';
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
const options = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));

export function GiveRole({ onEnd }: { onEnd: () => void }) {
  const [given, setGiven, forget] = useKept('role', EMPTY);
  const { email, role, scope, publisher, model, until, opensSealed } = given;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const { data: models = [] } = usePages<Wire<typeof ModelListed>>('/models?limit=200');
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
    { stale: ['/roles'], onDone: forget },
  );
  if (give.answer) return <Done title={give.answer} />;
  return (
    <Paper withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          give.run();
        }}
      >
        <Stack>
          {give.refused && <Refusal problem={give.refused} />}
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
            data={options(said.roles)}
            onChange={({ currentTarget }) => set({ role: currentTarget.value as StaffRole })}
          />
          <NativeSelect
            label={said.place}
            value={scope}
            data={options(said.places)}
            onChange={({ currentTarget }) => set({ scope: currentTarget.value as typeof scope })}
          />
          {scope === 'publisher' && (
            <PublisherSelect label={said.publisher} value={publisher} onChange={(chosen) => set({ publisher: chosen })} />
          )}
          {scope === 'model' && (
            <NativeSelect
              label={said.model}
              value={model}
              required
              data={[{ value: '', label: '' }, ...models.map(({ slug, title }) => ({ value: slug, label: title }))]}
              onChange={({ currentTarget }) => set({ model: currentTarget.value })}
            />
          )}
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
          <Group>
            <Button type="submit" loading={give.running}>
              {said.give}
            </Button>
            <Button variant="default" onClick={onEnd}>
              {PARTS.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
