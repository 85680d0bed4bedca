import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { momentInWords } from '../../../elements/Moment.js';
import { PageButton } from '../../../elements/PageLink.js';
import { ACCESS } from '../../../words/access.js';
import type { Request } from '../request/draft.js';
import { AfterApproval } from './AfterApproval.js';
import { CommandForm } from './CommandForm.js';
import { commandsFor } from './standing.js';

const { status: said } = ACCESS;

/** What the applicant can do now: the next step as a button, what ends things behind another press. */
export function Ways({ request }: { request: Request }) {
  const [open, setOpen] = useState<'appeal' | 'withdraw'>();
  const can = commandsFor(request, Date.now());
  const { id, model, state, appealUntil } = request;
  const close = () => setOpen(undefined);
  if (open === 'appeal' && appealUntil && can.includes('appeal'))
    return (
      <CommandForm
        request={id}
        command="appeal"
        words={{ text: said.appealText(momentInWords(appealUntil, 'time')), label: said.appealLabel, send: said.appealSend }}
        required
        onClose={close}
      />
    );
  if (open === 'withdraw' && can.includes('withdraw'))
    return (
      <CommandForm
        request={id}
        command="withdraw"
        words={{ text: said.withdrawText, label: said.withdrawLabel, send: said.withdrawSend }}
        onClose={close}
      />
    );
  return (
    <Group gap="sm">
      {state === 'approved' && <AfterApproval request={request} />}
      {can.includes('edit') && (
        <PageButton to="/models/$model/request" params={{ model }} search={searchOf(request)}>
          {state === 'returned' ? said.correct : said.goOn}
        </PageButton>
      )}
      {can.includes('appeal') && (
        <Button variant="default" onClick={() => setOpen('appeal')}>
          {said.appeal}
        </Button>
      )}
      {(state === 'rejected' || state === 'withdrawn') && (
        <PageButton to="/models/$model/request" params={{ model }} variant="default">
          {said.again}
        </PageButton>
      )}
      {can.includes('withdraw') && (
        <Button variant="default" onClick={() => setOpen('withdraw')}>
          {said.withdraw}
        </Button>
      )}
    </Group>
  );
}

/** A draft is gone on with by the form of its kind. */
function searchOf({ id, kind, previous }: Request) {
  return {
    request: id,
    ...(kind === 'renewal' && previous && { renew: previous }),
    ...(kind === 'special-license' && { special: '' }),
  };
}
