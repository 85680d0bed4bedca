import { Group, Text } from '@mantine/core';
import type { SessionListed } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { PlainTable } from '../../../elements/PlainTable.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
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
          <PlainTable
            caption={said.sessions}
            heads={[said.browser, said.since, said.lastUsed, '']}
            items={items}
            keyOf={({ id }) => id}
            cells={({ id, userAgent, createdAt, lastUsedAt, current, secondFactor }) => [
              <Browser notes={[...(current ? [said.thisOne] : []), ...(secondFactor ? [said.withFactor] : [])]}>
                {browserName(userAgent) ?? (userAgent || said.unknown)}
              </Browser>,
              <Moment at={createdAt} as="time" />,
              <Moment at={lastUsedAt} as="time" />,
              !current && (
                <SureButton ask={said.endAsk} of={browserName(userAgent) ?? userAgent} onSure={() => end.run(id)}>
                  {said.end}
                </SureButton>
              ),
            ]}
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
