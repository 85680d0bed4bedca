import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Refusal } from '../../../elements/Refusal.js';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Done } from '../parts/Done.js';
import { useKept } from '../parts/kept.js';
import { Section } from '../parts/Section.js';

const EMPTY = { slug: '', legalName: '', domain: '' };

export function NewPublisher({ onCancel }: { onCancel: () => void }) {
  const [given, setGiven, forget] = useKept('new-publisher', EMPTY);
  const create = useCommand(
    () => {
      const { domain, ...rest } = given;
      return call<{ legalName: string }>('POST', '/publishers', { body: { ...rest, ...(domain && { domain }) } });
    },
    { stale: ['/publishers'], onDone: forget },
  );
  if (create.answer) return <Done title={PUBLISHING.publisherMade(create.answer.legalName)} />;
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
    <Paper withBorder p="md" maw={640}>
      <Section title={PUBLISHING.newPublisher}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.run();
          }}
        >
          <Stack>
            {create.refused && <Refusal problem={create.refused} />}
            {field('legalName', PUBLISHING.legalName, true)}
            {field('slug', PUBLISHING.slug, true, PUBLISHING.slugHelp)}
            {field('domain', `${PUBLISHING.domain} (${PARTS.optional})`, false)}
            <Group>
              <Button type="submit" loading={create.running}>
                {PUBLISHING.createPublisher}
              </Button>
              <Button variant="default" onClick={onCancel}>
                {PARTS.cancel}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
    </Paper>
  );
}
