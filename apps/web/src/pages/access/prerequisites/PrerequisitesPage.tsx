import { Group, Stack } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { PageButton } from '../../../elements/PageLink.js';
import { SignInFirst } from '../../../elements/SignInFirst.js';
import { ACCESS } from '../../../words/access.js';
import { Prerequisites, type Shown } from './Prerequisites.js';
import { Quiz } from './Quiz.js';
import { Referees } from './Referees.js';

const { prerequisites: said } = ACCESS;

export function PrerequisitesPage() {
  const { model } = useParams({ from: '/models/$model/prerequisites' });
  const shown = useAnswer<Wire<typeof Model>>(`/models/${model}`);
  const asked = useAnswer<{ items: Shown[] }>(`/models/${model}/prerequisites`);
  const person = usePerson();
  const asks = (kind: Shown['kind']) => asked.data?.items.some((item) => item.kind === kind) ?? false;
  return (
    <Page title={said.title(shown.data?.title ?? model)} lead={said.lead}>
      {person === null && <SignInFirst>{said.signIn}</SignInFirst>}
      <Prerequisites model={model} />
      {person && (
        <Stack gap="xl">
          {asks('quiz') && <Quiz model={model} />}
          {asks('referee') && <Referees model={model} />}
          {shown.data?.admission === 'application' && (
            <Group>
              <PageButton to="/models/$model/request" params={{ model }} variant="default">
                {said.back}
              </PageButton>
            </Group>
          )}
        </Stack>
      )}
    </Page>
  );
}
