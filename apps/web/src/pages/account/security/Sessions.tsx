import { Group, Text } from '@mantine/core';
import type { SessionListed } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';
import { browserName } from './browser-name.js';

const { security: said } = OWN;

export function Sessions() {
  const sessions = useAnswer<{ items: Wire<typeof SessionListed>[] }>('/sessions');
  const end = useCommand((id: string) => call('DELETE', `/sessions/${id}`), { stale: ['/sessions'] });
  const endAll = useCommand(() => call('DELETE', '/sessions'), { stale: [], onDone: () => location.assign('/sign-in') });
  const refused = end.refused ?? endAll.refused;
  return (
    <Section title={said.sessions} lead={said.sessionsLead}>
      {refused && <Refusal problem={refused} />}
      <Loaded of={sessions}>
        {({ items }) => (
          <Rows
            caption={said.sessions}
            columns={[
              {
                head: said.browser,
                cell: ({ userAgent, current, secondFactor }) => (
                  <Browser notes={[...(current ? [said.thisOne] : []), ...(secondFactor ? [said.withFactor] : [])]}>
                    {browserName(userAgent) ?? (userAgent || said.unknown)}
                  </Browser>
                ),
              },
              { head: said.since, cell: ({ createdAt }) => <Moment at={createdAt} as="time" /> },
              { head: said.lastUsed, cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} as="time" /> },
              {
                head: words.frame.actions,
                silent: true,
                cell: ({ id, userAgent, current }) =>
                  !current && (
                    <SureButton ask={said.endAsk} of={browserName(userAgent) ?? userAgent} onSure={() => end.run(id)}>
                      {said.end}
                    </SureButton>
                  ),
              },
            ]}
            items={items}
            keyOf={({ id }) => id}
          />
        )}
      </Loaded>
      <Group>
        <SureButton ask={said.endAllAsk} running={endAll.running} onSure={() => endAll.run()}>
          {said.endAll}
        </SureButton>
      </Group>
    </Section>
  );
}

function Browser({ children, notes }: { children: string; notes: string[] }) {
  return (
    <>
      <Text size="sm" maw="44ch" lineClamp={2} title={children}>
        {children}
      </Text>
      {notes.length > 0 && (
        <Text size="sm" c="dimmed">
          {notes.join(', ')}
        </Text>
      )}
    </>
  );
}
