import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import { holds, usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { nameOfCountry } from '../../../elements/countries.js';
import { Facts } from '../../../elements/Facts.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { Told } from '../../../elements/Told.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { ACCESS } from '../../../words/access.js';
import { Answers } from '../form/Answers.js';
import type { AskedForm } from '../form/fields.js';
import type { Request } from '../request/draft.js';
import { standing } from './standing.js';
import { History } from './History.js';
import { Ways } from './Ways.js';

const { status: said } = ACCESS;

/** One request as its applicant follows it: where it stands, what happens next, and all that happened. */
export function RequestPage() {
  const { request: id } = useParams({ from: '/access-requests/$request' });
  const request = useAnswer<Request>(`/access-requests/${id}`, { refetchInterval: 30_000 });
  const model = useAnswer<Wire<typeof Model>>(request.data ? `/models/${request.data.model}` : null);
  const name = model.data?.title ?? request.data?.model;
  return (
    <Page title={request.data ? `${said.title[request.data.kind]} ${name}` : said.listTitle}>
      <Loaded of={request}>{(shown) => <Shown request={shown} />}</Loaded>
    </Page>
  );
}

function Shown({ request }: { request: Request }) {
  const justSent = useSearchText('sent') !== undefined;
  const form = useAnswer<AskedForm>(`/models/${request.model}/form`);
  const model = useAnswer<Wire<typeof Model>>(`/models/${request.model}`);
  const reviews = useReviews(request.id);
  const { is, next } = said.states[request.state];
  const place = request.queue && standing(request.queue);
  const { name, country } = request.licensee;
  return (
    <Stack gap="lg">
      {justSent && request.state === 'submitted' && <Told title={said.sent}>{said.sentNext}</Told>}
      <Card withBorder padding="lg">
        <Stack gap="sm">
          <State of={request.state}>{is}</State>
          {reviews ? (
            <div>
              <PageButton to="/review/$request" params={{ request: request.id }}>
                {said.reviewIt}
              </PageButton>
            </div>
          ) : (
            <>
              <Text maw="65ch">{next}</Text>
              <Ways request={request} />
            </>
          )}
        </Stack>
      </Card>
      <Facts
        of={[
          [
            said.model,
            <PageLink to="/models/$model" params={{ model: request.model }} size="sm">
              {model.data?.title ?? request.model}
            </PageLink>,
          ],
          [said.licensee, `${name ?? ''}${country ? `, ${nameOfCountry(country)}` : ''}`],
          [said.position, place?.position],
          [said.wait, place?.wait],
        ]}
      />
      <Title order={2} size="h4">
        {said.happened}
      </Title>
      <History request={request} />
      {request.useStatement && (
        <Alert variant="default" title={said.useSoFar}>
          <Text size="sm" className="said">
            {request.useStatement}
          </Text>
        </Alert>
      )}
      <Title order={2} size="h4">
        {said.answers}
      </Title>
      <Answers fields={form.data && form.data.n === request.form ? form.data.fields : []} answers={request.answers} />
    </Stack>
  );
}

/** Whether the reader reviews this request: then it is theirs to decide, not to withdraw. */
function useReviews(id: string): boolean {
  const person = usePerson();
  const asked = useAnswer(holds(person, 'reviewer', 'publisher') ? `/access-requests/${id}/review` : null);
  return asked.data !== undefined;
}
