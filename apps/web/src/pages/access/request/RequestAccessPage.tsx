import { Stack, Text, Title } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { SignInFirst } from '../../../elements/SignInFirst.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { ACCESS } from '../../../words/access.js';
import type { AskedForm } from '../form/fields.js';
import { Questionnaire } from '../form/Questionnaire.js';
import { BegunRequest } from './BegunRequest.js';

const { request: said } = ACCESS;

/** The form of a model: answered, checked and sent. `?renew` names what is to be renewed, `?special` asks for other terms. */
export function RequestAccessPage() {
  const { model } = useParams({ from: '/models/$model/request' });
  const previous = useSearchText('renew');
  const special = useSearchText('special') !== undefined;
  const person = usePerson();
  const shown = useAnswer<Wire<typeof Model>>(`/models/${model}`);
  const kind = previous ? 'renewal' : special ? 'special-license' : 'access';
  const title = shown.data?.title ?? model;
  return (
    <Page
      title={said.title[kind](title)}
      lead={
        <>
          {said.lead[kind]}{' '}
          <PageLink to="/models/$model" params={{ model }} underline="always">
            {said.about(title)}
          </PageLink>
        </>
      }
    >
      {person === null && <Preview model={model} />}
      {person && <BegunRequest key={kind} person={person} asked={{ model, kind, ...(previous && { previous }) }} />}
    </Page>
  );
}

/** Strangers read what they will be asked before they sign up. */
function Preview({ model }: { model: string }) {
  const form = useAnswer<AskedForm>(`/models/${model}/form`);
  return (
    <Stack>
      <SignInFirst>{said.signInFirst}</SignInFirst>
      <Title order={2} size="h4" mt="md">
        {said.whatIsAsked}
      </Title>
      <Loaded of={form}>
        {({ fields }) =>
          fields.length === 0 ? <Text>{said.nothingAsked}</Text> : <Questionnaire fields={fields} held={{}} faults={[]} disabled />
        }
      </Loaded>
    </Stack>
  );
}
