import { Stack, Text, Title } from '@mantine/core';
import { Copyable } from '../../../../elements/Copyable.js';
import { ACCESS } from '../../../../words/access.js';
import { commandsOf, runnable, runOf, type Links } from './commands.js';

const { downloads: said } = ACCESS;

/** What one does with the files once they are there: check them, and run them. */
export function AfterFetching({ links, contextLength }: { links: Links; contextLength: number | null }) {
  const file = runnable(links.artifacts);
  const run = file && runOf(links, file, contextLength);
  return (
    <>
      <Stack component="section" gap="xs" aria-label={said.verify}>
        <Title order={3} size="h5">
          {said.verify}
        </Title>
        <Text size="sm">{said.verifyLead}</Text>
        <Copyable block text={commandsOf(links, location.origin).verify} label={said.verify} />
      </Stack>
      {run && (
        <Stack component="section" gap="xs" aria-label={said.run}>
          <Title order={3} size="h5">
            {said.run}
          </Title>
          <Text size="sm">{said.runLead}</Text>
          <Copyable block text={run.server} label={said.run} />
          <Text size="sm">{said.runAsk}</Text>
          <Copyable block text={run.ask} label={said.runAsk} />
        </Stack>
      )}
    </>
  );
}
