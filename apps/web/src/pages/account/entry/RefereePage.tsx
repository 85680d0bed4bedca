import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { Inquiry } from '@paddock/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { words } from '../../../words/index.js';
import { EntryForm } from './EntryForm.js';
import { NoSecret } from './MailedPages.js';
import { mailedSecret } from './return-to.js';

const { account } = words;

/** Where the mail to a referee leads: what they are asked, and their answer, once. */
export function RefereePage() {
  const [token] = useState(mailedSecret);
  const inquiry = useCommand(() => call<Wire<typeof Inquiry>>('POST', '/referees/inquiry', { body: { token } }), { stale: [] });
  const { run } = inquiry;
  useEffect(() => {
    if (token) run();
  }, [token]);
  return (
    <Page title={account.referee}>
      {!token && <NoSecret />}
      {inquiry.refused && <Refusal problem={inquiry.refused} onRetry={() => run()} />}
      {token && inquiry.answer && <Answer inquiry={inquiry.answer} token={token} />}
    </Page>
  );
}

function Answer({
  inquiry: { applicant, title, model, referee, publisher, expiresAt },
  token,
}: {
  inquiry: Wire<typeof Inquiry>;
  token: string;
}) {
  const answer = useCommand((body: object) => call('POST', '/referees/confirm', { body: { token, ...body } }).then(() => true), {
    stale: [],
  });
  if (answer.answer)
    return (
      <Alert color="green" role="status">
        {account.thanks}
      </Alert>
    );
  return (
    <Stack>
      <Text>{account.refereeAsked(applicant, title, referee)}</Text>
      <Text>{account.refereeWhy(publisher)}</Text>
      <Text size="sm" c="dimmed">
        {`${account.refereeUntil} `}
        <Moment at={expiresAt} />
      </Text>
      <PageLink to="/models/$model" params={{ model }} size="sm">
        {account.aboutModel}
      </PageLink>
      <EntryForm
        button={account.know}
        running={answer.running}
        refused={answer.refused}
        onSend={(fields) => answer.run({ confirmed: true, ...fields })}
      >
        <TextInput name="relation" label={account.relation} description={account.relationHelp} required maxLength={300} />
      </EntryForm>
      <Group>
        <Button variant="default" onClick={() => answer.run({ confirmed: false })}>
          {account.knowNot}
        </Button>
      </Group>
    </Stack>
  );
}
