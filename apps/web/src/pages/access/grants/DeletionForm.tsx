import { Button, Card, Checkbox, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import type { DeletionStatement } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { ErrorSummary, type Fault } from '../../../elements/ErrorSummary.js';
import { momentInWords } from '../../../elements/Moment.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Told } from '../../../elements/Told.js';
import { ACCESS } from '../../../words/access.js';
import { deletionInWords } from './standing.js';

const { grants: said } = ACCESS;
const BOX = 'deleted';

/** The statement that is asked for once a grant has ended; nothing where it was stated before this page was opened. */
export function DeletionForm({ statement }: { statement: Wire<typeof DeletionStatement> }) {
  const { grant, model, licensee, cause } = statement;
  const [asked] = useState(statement.state === 'outstanding' || statement.state === 'overdue');
  const [deleted, setDeleted] = useState(false);
  const [more, setMore] = useState('');
  const [faults, setFaults] = useState<Fault[]>([]);
  const send = useCommand(
    () => call('POST', `/grants/${grant}/deletion-statement`, { body: { deleted: true, ...(more.trim() && { statement: more }) } }),
    { stale: ['/deletion-statements', '/grants'] },
  );
  if (!asked) return null;
  if (send.answer) return <Told title={said.deletionDone(model)} />;
  const state = () => {
    setFaults(deleted ? [] : [{ control: BOX, label: said.deletionBox, why: said.deletionBoxMissing }]);
    if (deleted) send.run();
  };
  return (
    <Card withBorder padding="lg" component="section" aria-label={said.deletionTitle(model)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state();
        }}
      >
        <Stack gap="sm" maw="60ch">
          <Title order={2} size="h4">
            {said.deletionTitle(model)}
          </Title>
          <ErrorSummary faults={faults} />
          {send.refused && <Refusal problem={send.refused} />}
          <Text size="sm">
            {`${said.deletionLead(licensee ?? said.you, model, said.causes[cause])} ${deletionInWords(statement, momentInWords)}.`}
          </Text>
          <Checkbox
            id={BOX}
            label={said.deletionBox}
            checked={deleted}
            error={!deleted && faults[0]?.why}
            onChange={({ currentTarget }) => setDeleted(currentTarget.checked)}
          />
          <Textarea
            label={said.deletionWords}
            autosize
            minRows={3}
            maxLength={4000}
            value={more}
            onChange={({ currentTarget }) => setMore(currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={send.running}>
              {said.deletionSend}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
