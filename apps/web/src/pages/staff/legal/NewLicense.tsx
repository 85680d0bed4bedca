import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';
import { LicenseSelect } from '../parts/LicenseSelect.js';
import { NamedFields } from './NamedFields.js';

interface Props {
  person: Person;
  special: boolean;
  licensee: string;
  onCancel: () => void;
}

const EMPTY = { publisher: '', title: '', slug: '', licensee: '', base: '' };

/** A license without a version yet; the editor goes on from there. */
export function NewLicense({ person, special, licensee, onCancel }: Props) {
  const [given, setGiven, forget] = useDraft(special ? `special-license:${licensee}` : 'new-license', EMPTY);
  const { publisher, title, slug, base } = given;
  const whose = given.licensee || licensee;
  const set = (change: Partial<typeof EMPTY>) => setGiven({ ...given, ...change });
  const navigate = useNavigate();
  const create = useCommand(
    () => call('POST', '/licenses', { body: { publisher, title, slug, ...(special && { special: { licensee: whose, base } }) } }),
    {
      stale: ['/licenses'],
      onDone: () => {
        forget();
        void navigate({ to: '/legal/licenses/$license', params: { license: slug }, search: { step: 'text' } as never });
      },
    },
  );
  return (
    <FormSheet
      title={special ? EDITOR.newSpecial : EDITOR.newLicense}
      {...(special && { lead: EDITOR.specialLead })}
      button={EDITOR.create}
      onCancel={onCancel}
      command={create}
    >
      <NamedFields person={person} named={given} onChange={set} />
      {special && (
        <>
          <TextInput
            label={EDITOR.licensee}
            description={EDITOR.licenseeHelp}
            value={whose}
            required
            onChange={({ currentTarget: { value } }) => set({ licensee: value })}
          />
          <LicenseSelect
            label={EDITOR.base}
            value={base}
            fits={(license) => license.publisher === publisher}
            onChange={(chosen) => set({ base: chosen })}
          />
        </>
      )}
    </FormSheet>
  );
}
