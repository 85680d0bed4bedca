import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Acceptance } from '@paddock/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { momentInWords } from '../../../elements/Moment.js';
import { PageButton } from '../../../elements/PageLink.js';
import { Told } from '../../../elements/Told.js';
import { useKept } from '../../../elements/useKept.js';
import { ACCESS } from '../../../words/access.js';
import { Agreement } from './Agreement.js';
import { Assent, type Answer } from './Assent.js';
import { Changes, type Difference } from './Changes.js';
import type { Presentation } from './usePresentation.js';
import { useReports } from './useReports.js';

const { acceptance: said } = ACCESS;
/** Refusals after which the agreement is shown anew. */
const SHOWN_ANEW = new Set<string>(['presentation-outdated', 'presentation-ended', 'presentation-expired']);

interface Props {
  presentation: Presentation;
  model: { slug: string; title: string };
  person: string;
  presentAnew: () => void;
}

/** What this browser keeps of an answer that is being given: signing in again in the middle loses none of it. */
interface Begun {
  agreement: string;
  typedName: string;
}

export function Presented({ presentation, model, person, presentAnew }: Props) {
  const { id, agreement, previous, assent } = presentation;
  const [begun, keep] = useKept<Begun>(`assent ${person} ${model.slug}`, 'browser');
  const [before] = useState(begun);
  const [changedSince, setChangedSince] = useState<Difference[] | null>(null);
  const { report, all } = useReports(id);
  const navigate = useNavigate();
  const answer = useCommand<Wire<typeof Acceptance>, Answer>(
    async (given) => {
      await all();
      return call('POST', '/acceptances', { body: { presentation: id, ...given } });
    },
    {
      stale: ['/grants', '/access-requests'],
      onDone: (acceptance) => {
        keep(null);
        if (acceptance.state === 'accepted')
          void navigate({
            to: '/acceptances/$acceptance',
            params: { acceptance: acceptance.id },
            search: { new: '' },
          });
      },
    },
  );
  useEffect(() => {
    if (!answer.refused || !SHOWN_ANEW.has(answer.refused.code)) return;
    setChangedSince((answer.refused['differences'] as Difference[] | undefined) ?? []);
    answer.reset();
    presentAnew();
  }, [answer.refused]);
  const [asked, setAsked] = useState<'accept' | 'decline'>('accept');

  if (answer.answer?.state === 'declined') return <Declined model={model.slug} onAgain={presentAnew} />;
  const changed = changedSince !== null || (before !== null && before.agreement !== agreement);
  return (
    <Stack gap="xl">
      {changed && (
        <Alert color="yellow" role="alert" title={said.changedAway}>
          {said.changedAwayWay}
        </Alert>
      )}
      {!changed && before && (
        <Alert color="blue" variant="light" role="status" title={said.back}>
          {said.backWay}
        </Alert>
      )}
      {changedSince && <Changes title={said.changedAway} lead={said.changedAwayWay} differences={changedSince} />}
      {previous && previous.differences.length === 0 && <AcceptedAlready previous={previous} />}
      {previous && (
        <Changes title={said.changesTitle} lead={said.changesLead(momentInWords(previous.acceptedAt))} differences={previous.differences} />
      )}
      <Agreement key={id} presentation={presentation} model={model.title} report={report}>
        <Assent
          assent={assent}
          typedName={begun?.typedName ?? ''}
          onType={(typedName) => keep({ agreement, typedName })}
          report={report}
          running={answer.running ? asked : null}
          refused={answer.refused}
          onAnswer={(given) => {
            setAsked('declined' in given ? 'decline' : 'accept');
            // Whoever has to sign in again first finds what they gave.
            keep({ agreement, typedName: begun?.typedName ?? '' });
            answer.run(given);
          }}
        />
      </Agreement>
    </Stack>
  );
}

/** Whoever accepted these very texts has nothing left to do. */
function AcceptedAlready({ previous: { acceptance, acceptedAt } }: { previous: NonNullable<Presentation['previous']> }) {
  return (
    <Alert color="blue" variant="light" title={said.already(momentInWords(acceptedAt))}>
      <Text size="sm" mb="sm">
        {said.alreadyWay}
      </Text>
      <PageButton to="/acceptances/$acceptance" params={{ acceptance }} size="xs" variant="default">
        {ACCESS.grants.certificate}
      </PageButton>
    </Alert>
  );
}

function Declined({ model, onAgain }: { model: string; onAgain: () => void }) {
  return (
    <Stack>
      <Told title={said.declined}>
        <Text size="sm">{said.declinedWay}</Text>
      </Told>
      <Group>
        <Button variant="default" onClick={onAgain}>
          {said.again}
        </Button>
        <PageButton to="/models/$model" params={{ model }} variant="default">
          {said.toModel}
        </PageButton>
      </Group>
    </Stack>
  );
}
