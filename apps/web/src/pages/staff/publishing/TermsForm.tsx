import { Button, Checkbox, Fieldset, Group, NativeSelect, NumberInput, Paper, Stack } from '@mantine/core';
import type { Form, PutTerms } from '@paddock/contracts';
import { PREREQUISITES, type PrerequisiteKind } from '@paddock/domain';
import { usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { LicenseSelect } from '../parts/LicenseSelect.js';
import { Radios } from '../parts/Radios.js';

interface Props {
  model: string;
  terms: PutTerms;
  onChange: (terms: PutTerms) => void;
  onNext: () => void;
}

export function TermsForm({ model, terms, onChange, onNext }: Props) {
  const { data: forms = [] } = usePages<Wire<typeof Form>>(`/models/${model}/forms`);
  const set = (change: Partial<PutTerms>) => onChange({ ...terms, ...change });
  const fits = (assent: string | undefined) => (terms.admission === 'open') === (assent === 'none');
  return (
    <Paper withBorder p="md" maw={760}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onNext();
        }}
      >
        <Stack>
          <Radios
            label={PUBLISHING.admission}
            value={terms.admission}
            of={PUBLISHING.admissions}
            onChange={(admission) => set({ admission, license: '' })}
          />
          <LicenseSelect
            label={PUBLISHING.license}
            value={terms.license}
            fits={({ current }) => fits(current?.assent)}
            onChange={(license) => set({ license })}
          />
          {terms.admission === 'application' && (
            <NativeSelect
              label={PUBLISHING.approvals}
              value={String(terms.approvals)}
              data={[
                { value: '1', label: PUBLISHING.approvalsOne },
                { value: '2', label: PUBLISHING.approvalsTwo },
              ]}
              onChange={({ currentTarget: { value } }) => set({ approvals: value === '2' ? 2 : 1 })}
            />
          )}
          <NumberInput
            label={PUBLISHING.grantDays}
            value={terms.grantDays ?? ''}
            min={1}
            max={3650}
            allowDecimal={false}
            hideControls
            onChange={(days) => set({ grantDays: days === '' ? null : Number(days) })}
          />
          <NativeSelect
            label={PUBLISHING.form}
            value={String(terms.form ?? '')}
            data={[
              { value: '', label: PUBLISHING.formNone },
              ...forms.map(({ n }) => ({ value: String(n), label: PUBLISHING.formVersion(n) })),
            ]}
            onChange={({ currentTarget: { value } }) => set({ form: value === '' ? null : Number(value) })}
          />
          <Prerequisites asked={terms.prerequisites ?? []} onChange={(prerequisites) => set({ prerequisites })} />
          <Group>
            <Button type="submit">{PUBLISHING.check}</Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

type Asked = NonNullable<PutTerms['prerequisites']>;

function Prerequisites({ asked, onChange }: { asked: Asked; onChange: (asked: Asked) => void }) {
  const without = (kind: PrerequisiteKind) => asked.filter((one) => one.kind !== kind);
  return (
    <Fieldset legend={PUBLISHING.prerequisites}>
      <Stack gap="sm">
        {Object.entries(PREREQUISITES).map(([name, { meaning }]) => {
          const kind = name as PrerequisiteKind;
          const found = asked.find((one) => one.kind === kind);
          return (
            <div key={kind}>
              <Checkbox
                label={meaning}
                checked={found !== undefined}
                onChange={({ currentTarget: { checked } }) => onChange(checked ? [...asked, { kind, validDays: null }] : without(kind))}
              />
              {found && (
                <NumberInput
                  ml="xl"
                  mt={4}
                  size="xs"
                  maw={320}
                  label={PUBLISHING.validDays}
                  value={found.validDays ?? ''}
                  min={1}
                  max={3650}
                  allowDecimal={false}
                  hideControls
                  onChange={(days) => onChange([...without(kind), { kind, validDays: days === '' ? null : Number(days) }])}
                />
              )}
            </div>
          );
        })}
      </Stack>
    </Fieldset>
  );
}
