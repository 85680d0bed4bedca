import { Group, Paper, Stack } from '@mantine/core';
import type { Review } from '@paddock/contracts';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { PARTS } from '../../../words/staff/parts.js';
import { REVIEW } from '../../../words/staff/review.js';
import { useAssigning } from './Assign.js';
import { DecideBar } from './DecideBar.js';
import { DecideForm } from './DecideForm.js';
import { awaitsDecision, decideOn, reviewPath } from './deciding.js';
import type { Decision } from './held-commands.js';
import { useKeys } from './keys.js';
import { NOTE_FIELD } from './Notes.js';
import { RequestPanel } from './RequestPanel.js';

/** One request as a page of its own, as mails and narrow screens lead to it. */
export function ReviewOnePage() {
  const { request } = useParams({ from: '/review/$request' });
  const { data } = useAnswer<Wire<typeof Review>>(reviewPath(request));
  const [deciding, setDeciding] = useState<Decision['command']>();
  const navigate = useNavigate();
  const me = usePerson();
  const assign = useAssigning(request);
  const applicant = data?.request.licensee.name ?? PARTS.erased;
  const about = data ? REVIEW.line(applicant, data.request.model) : REVIEW.title;
  const decide = (command: Decision['command'], reason: string) => {
    decideOn([request], command, reason, about);
    void navigate({ to: '/review' });
  };
  useKeys({
    a: () => data && decide('approve', ''),
    r: () => setDeciding('reject'),
    e: () => setDeciding('return'),
    m: () => me && assign.run(me.email),
    n: () => document.getElementById(NOTE_FIELD)?.focus(),
  });
  return (
    <Page title={about}>
      <Group>
        <PageLink to="/review" size="sm">
          {REVIEW.queue}
        </PageLink>
      </Group>
      {data && awaitsDecision(data.request.state) && (
        <Paper withBorder p="md" maw={720}>
          <Stack gap="sm">
            <DecideBar onChoose={setDeciding} />
            {deciding && (
              <DecideForm
                key={deciding}
                command={deciding}
                requests={[request]}
                templates={data.templates}
                onDecide={(reason) => decide(deciding, reason)}
                onCancel={() => setDeciding(undefined)}
              />
            )}
          </Stack>
        </Paper>
      )}
      <RequestPanel request={request} />
    </Page>
  );
}
