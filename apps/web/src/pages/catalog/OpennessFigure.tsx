import { Blockquote, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Release } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';
import { OpennessBar, ORDER } from './OpennessBar.js';

const { catalog } = words;
type Openness = Wire<typeof Release>['openness'];

/** What of the release is open, part by part; what its gate costs; and where the license leaves the Open Source Definition. */
export function OpennessFigure({ openness }: { openness: Openness }) {
  const { dimensions, license, mof, gate } = openness;
  return (
    <Section title={catalog.opennessFigure} id="openness">
      <OpennessBar openness={openness} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {ORDER.map((wanted) => (
          <Stack key={wanted} gap={4}>
            <Text fw={600}>{catalog.opennessStates[wanted]}</Text>
            <List size="sm" listStyleType="none">
              {dimensions
                .filter(({ state }) => state === wanted)
                .map(({ dimension }) => (
                  <List.Item key={dimension}>
                    <Group gap={6} wrap="nowrap">
                      <span className={`part ${wanted}`} aria-hidden />
                      {dimension.replaceAll('-', ' ')}
                    </Group>
                  </List.Item>
                ))}
            </List>
          </Stack>
        ))}
      </SimpleGrid>
      <Text size="sm">
        {license.spdx && `${license.spdx.name} (${license.spdx.id}). `}
        {catalog.opennessOsi[license.osiApproved ? 'yes' : 'no']}.
      </Text>
      <Text size="sm">{mof.class ? catalog.opennessMof(mof.class) : catalog.opennessMofMissing(mof.missing)}</Text>
      {gate.cost && (
        <Text size="sm">
          {catalog.opennessCost}: {gate.cost}
        </Text>
      )}
      {license.fails.length > 0 && <Fails fails={license.fails} />}
    </Section>
  );
}

function Fails({ fails }: { fails: Openness['license']['fails'] }) {
  return (
    <details>
      <summary>{catalog.opennessFails}</summary>
      <Stack gap="xs" mt="xs">
        {fails.map(({ criterion, title, quote, clause }) => (
          <div key={`${criterion}-${clause?.kind ?? ''}-${clause?.start ?? 0}`}>
            <Text size="sm">{clause ? `“${clause.words ?? clause.kind}”` : catalog.eachMustAccept}</Text>
            <Blockquote p="xs" mt={4} fz="sm" cite={catalog.criterion(criterion, title)}>
              {quote}
            </Blockquote>
          </div>
        ))}
      </Stack>
    </details>
  );
}
