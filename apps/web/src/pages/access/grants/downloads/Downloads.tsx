import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import type { Model, Release } from '@paddock/contracts';
import { useState } from 'react';
import { useAnswer } from '../../../../api/hooks.js';
import type { Wire } from '../../../../api/wire.js';
import { Loaded } from '../../../../elements/Loaded.js';
import { useSearchText } from '../../../../elements/useSearchText.js';
import { ACCESS } from '../../../../words/access.js';
import type { OwnGrant } from '../GrantWays.js';
import { Fetching } from './Fetching.js';
import { Progress } from './Progress.js';

const { downloads: said } = ACCESS;

interface Props {
  grant: OwnGrant;
  model: Wire<typeof Model>;
  organization: string | undefined;
}

/** A release, its files, the ways to fetch them, and how far that has come. */
export function Downloads({ grant, model, organization }: Props) {
  const published = model.releases.filter(({ state }) => state === 'published');
  const asked = useSearchText('release');
  const [picked, setPicked] = useState(asked ?? published[0]?.name);
  const listed = published.find(({ name }) => name === picked) ?? published[0];
  const release = useAnswer<Wire<typeof Release>>(listed ? `/models/${model.slug}/releases/${listed.name}` : null);
  return (
    <>
      <Progress grant={grant.id} />
      <Stack component="section" gap="md" aria-label={said.title}>
        <Title order={2} size="h4">
          {said.title}
        </Title>
        {!listed && <Text>{said.noRelease}</Text>}
        {published.length > 1 && (
          <NativeSelect
            label={said.release}
            maw={320}
            value={listed?.name ?? ''}
            data={published.map(({ name }) => name)}
            onChange={({ currentTarget }) => setPicked(currentTarget.value)}
          />
        )}
        {listed && (
          <Loaded of={release}>
            {(shown) => <Fetching key={shown.name} grant={grant} release={shown} weights={listed.weights} organization={organization} />}
          </Loaded>
        )}
      </Stack>
    </>
  );
}
