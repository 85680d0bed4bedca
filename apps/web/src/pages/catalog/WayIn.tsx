import { Alert, Group, Stack, Text } from '@mantine/core';
import type { Grant, Model } from '@paddock/contracts';
import { useAnswer } from '../../api/hooks.js';
import { usePerson } from '../../api/person.js';
import type { Wire } from '../../api/wire.js';
import { PageButton, PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

const { catalog } = words;

/** The next step, as the admission and one's own grants have it. */
export function WayIn({ model }: { model: Wire<typeof Model> }) {
  const person = usePerson();
  const { data: grants } = useAnswer<{ items: Wire<typeof Grant>[] }>(person ? '/grants' : null);
  const held = grants?.items.find(({ model: of, state }) => of === model.slug && state === 'active');
  const admission = model.admission ?? 'none';
  const newest = model.releases.find(({ state }) => state === 'published');
  const params = { model: model.slug };
  return (
    <Alert variant="light" color="meadow" icon={null}>
      <Group justify="space-between" gap="md">
        <Text>{catalog.admissionMeaning[admission]}</Text>
        {held ? (
          <PageButton to="/grants/$grant" params={{ grant: held.id }}>
            {catalog.nextHeld}
          </PageButton>
        ) : (
          <>
            {admission === 'application' && (
              <PageButton to="/models/$model/request" params={params}>
                {catalog.next.application}
              </PageButton>
            )}
            {admission === 'assent' && (
              <PageButton to="/models/$model/accept" params={params}>
                {catalog.next.assent}
              </PageButton>
            )}
            {admission === 'open' && newest && (
              <PageButton to="/models/$model/releases/$release" params={{ ...params, release: newest.name }} hash="links">
                {catalog.next.open}
              </PageButton>
            )}
          </>
        )}
      </Group>
      {!held && (admission === 'application' || admission === 'assent') && (
        <Stack gap={4} mt="sm">
          {admission === 'application' && (
            <PageLink to="/models/$model/accept" params={params} size="sm">
              {catalog.approvedAlready}
            </PageLink>
          )}
          <PageLink to="/models/$model/request" params={params} search={{ special: true }} size="sm">
            {catalog.special}
          </PageLink>
        </Stack>
      )}
    </Alert>
  );
}
