import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';
import { LicenseSelect } from '../parts/LicenseSelect.js';

const EMPTY = { name: '', license: '' };

export function NewRelease({ model, onCancel }: { model: string; onCancel: () => void }) {
  const [{ name, license }, setGiven, forget] = useDraft(`new-release:${model}`, EMPTY);
  const navigate = useNavigate();
  const create = useCommand(() => call('POST', `/models/${model}/releases`, { body: { name, ...(license && { license }) } }), {
    stale: [`/models/${model}`],
    onDone: () => {
      forget();
      void navigate({ to: '/publishing/$model/releases/$release', params: { model, release: name } });
    },
  });
  return (
    <FormSheet button={PUBLISHING.createRelease} onCancel={onCancel} command={create}>
      <TextInput
        label={PUBLISHING.releaseName}
        description={PUBLISHING.releaseNameHelp}
        value={name}
        required
        autoFocus
        onChange={({ currentTarget: { value } }) => setGiven({ name: value, license })}
      />
      <LicenseSelect
        label={PUBLISHING.releaseLicense}
        value={license}
        none={PARTS.none}
        onChange={(chosen) => setGiven({ name, license: chosen })}
      />
    </FormSheet>
  );
}
