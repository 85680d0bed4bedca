import { TextInput } from '@mantine/core';
import type { Person } from '../../../api/person.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PublisherSelect } from '../parts/PublisherSelect.js';

export interface Named {
  publisher: string;
  title: string;
  slug: string;
}

/** Whose a license or a policy is, and how it is called. */
export function NamedFields({ person, named, onChange }: { person: Person; named: Named; onChange: (change: Partial<Named>) => void }) {
  return (
    <>
      <PublisherSelect person={person} label={EDITOR.publisher} value={named.publisher} onChange={(publisher) => onChange({ publisher })} />
      <TextInput
        label={EDITOR.titleField}
        value={named.title}
        required
        maxLength={200}
        onChange={({ currentTarget: { value } }) => onChange({ title: value })}
      />
      <TextInput
        label={EDITOR.slug}
        value={named.slug}
        required
        maxLength={64}
        onChange={({ currentTarget: { value } }) => onChange({ slug: value })}
      />
    </>
  );
}
