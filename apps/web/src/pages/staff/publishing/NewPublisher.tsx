import { TextInput } from '@mantine/core';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { FormSheet } from '../parts/FormSheet.js';
import { useDraft } from '../parts/useDraft.js';

const EMPTY = { slug: '', legalName: '', domain: '' };

export function NewPublisher({ onEnd }: { onEnd: (told?: string) => void }) {
  const [given, setGiven, forget] = useDraft('new-publisher', EMPTY);
  const create = useCommand(
    () => {
      const { domain, ...rest } = given;
      return call<{ legalName: string }>('POST', '/publishers', { body: { ...rest, ...(domain && { domain }) } });
    },
    {
      stale: ['/publishers'],
      onDone: ({ legalName }) => {
        forget();
        onEnd(PUBLISHING.publisherMade(legalName));
      },
    },
  );
  const field = (name: keyof typeof EMPTY, label: string, required: boolean, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={given[name]}
      required={required}
      onChange={({ currentTarget: { value } }) => setGiven({ ...given, [name]: value })}
    />
  );
  return (
    <FormSheet title={PUBLISHING.newPublisher} button={PUBLISHING.createPublisher} onCancel={() => onEnd()} command={create}>
      {field('legalName', PUBLISHING.legalName, true)}
      {field('slug', PUBLISHING.slug, true, PUBLISHING.slugHelp)}
      {field('domain', `${PUBLISHING.domain} (${PARTS.optional})`, false)}
    </FormSheet>
  );
}
