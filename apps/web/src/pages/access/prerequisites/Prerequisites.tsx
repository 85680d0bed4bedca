import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core';
import type { PrerequisiteShown } from '@paddock/contracts';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { State } from '../../../elements/State.js';
import { ACCESS } from '../../../words/access.js';

const { prerequisites: said } = ACCESS;

export type Shown = Wire<typeof PrerequisiteShown>;

/** What a model asks of people beforehand, and how one stands to it. `unmetAlone`: nothing is shown where nothing is missing. */
export function Prerequisites({ model, unmetAlone = false }: { model: string; unmetAlone?: boolean }) {
  const asked = useAnswer<{ items: Shown[] }>(`/models/${model}/prerequisites`);
  if (unmetAlone) {
    const unmet = asked.data?.items.filter(({ state }) => state === 'missing' || state === 'expired') ?? [];
    return unmet.length > 0 ? <Unmet items={unmet} /> : null;
  }
  return (
    <Loaded of={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Text>{said.nothingAsked}</Text>
        ) : (
          <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((item) => (
              <li key={item.kind}>
                <Standing item={item} />
              </li>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Unmet({ items }: { items: Shown[] }) {
  return (
    <Alert color="yellow" variant="light" title={said.before}>
      <Text size="sm" mb={4}>
        {said.beforeWay}
      </Text>
      <List size="sm">
        {items.map(({ kind, remedy, url }) => (
          <List.Item key={kind}>
            <Anchor href={url} size="sm">
              {remedy}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Standing({ item: { meaning, state, until, remedy, url } }: { item: Shown }) {
  return (
    <Group gap="md" align="start" wrap="nowrap">
      <div style={{ minWidth: 110 }}>
        <State of={state === 'satisfied' ? 'active' : state}>{said.states[state]}</State>
      </div>
      <div>
        <Text size="sm">{meaning}</Text>
        {until && (
          <Text size="sm" c="dimmed">
            {state === 'expired' ? said.endedOn : said.validUntil} <Moment at={until} />
          </Text>
        )}
        {state !== 'satisfied' && (
          <Anchor href={url} size="sm">
            {remedy}
          </Anchor>
        )}
      </div>
    </Group>
  );
}
