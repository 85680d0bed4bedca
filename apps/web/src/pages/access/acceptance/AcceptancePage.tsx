import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Model } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson, type Person } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageButton } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { SignInFirst } from '../../../elements/SignInFirst.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { ACCESS } from '../../../words/access.js';
import { BeforeReading } from './BeforeReading.js';
import { Presented } from './Presented.js';
import { usePresentation, type Asking } from './usePresentation.js';

const { acceptance: said } = ACCESS;

/** The agreement of a model as it would bind this reader, or the organization that the address names. */
export function AcceptancePage() {
  const { model: slug } = useParams({ from: '/models/$model/accept' });
  const person = usePerson();
  const model = useAnswer<Wire<typeof Model>>(`/models/${slug}`);
  const title = model.data?.title ?? slug;
  return (
    <Page title={said.title(title)} lead={said.lead}>
      <Loaded of={model}>
        {(shown) => (
          <>
            {person === null && <Visitor license={shown.license?.slug} />}
            {person && <Own model={shown} person={person} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Visitor({ license }: { license: string | undefined }) {
  return (
    <Stack>
      <SignInFirst>{said.signIn}</SignInFirst>
      {license && (
        <Group>
          <PageButton to="/licenses/$license" params={{ license }} variant="default">
            {said.readLicense}
          </PageButton>
        </Group>
      )}
    </Stack>
  );
}

/** Nobody reads to the end what they could not accept. */
function NotApproved({ model: { slug, license } }: { model: Wire<typeof Model> }) {
  return (
    <Alert color="yellow" variant="light" title={said.notApproved}>
      <Text size="sm">{said.notApprovedWay}</Text>
      <Group mt="sm">
        <PageButton to="/models/$model/request" params={{ model: slug }} size="xs">
          {said.request}
        </PageButton>
        {license && (
          <PageButton to="/licenses/$license" params={{ license: license.slug }} size="xs" variant="default">
            {said.readLicense}
          </PageButton>
        )}
      </Group>
    </Alert>
  );
}

function Own({ model, person }: { model: Wire<typeof Model>; person: Person }) {
  const organization = useSearchText('organization');
  const [told, setTold] = useState<Pick<Asking, 'licensee' | 'answers'>>();
  const grants = useAnswer<{ items: unknown[] }>(`/grants?model=${encodeURIComponent(model.slug)}`);
  // Where no approval has said who is bound, the reader says it first, with what the license judges.
  const unknown = model.admission === 'assent' && !organization && !told && grants.data?.items.length === 0;
  const unapproved = model.admission === 'application' && grants.data?.items.length === 0;
  const asking: Asking | null =
    grants.data === undefined || unknown || unapproved
      ? null
      : { model: model.slug, ...(organization ? { licensee: { kind: 'organization', id: organization } } : {}), ...told };
  const presentation = usePresentation(asking);
  if (unapproved) return <NotApproved model={model} />;
  if (unknown) return <BeforeReading model={model.slug} person={person} onTold={setTold} />;
  if (presentation.error?.problem.code === 'page-token')
    return (
      <Stack>
        <Refusal problem={presentation.error.problem} />
        <Group>
          <Button onClick={() => location.reload()}>{said.reload}</Button>
        </Group>
      </Stack>
    );
  return (
    <Loaded of={presentation}>
      {(shown) => <Presented presentation={shown} model={model} person={person.id} presentAnew={() => void presentation.refetch()} />}
    </Loaded>
  );
}
