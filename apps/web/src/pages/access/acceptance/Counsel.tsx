import { Anchor, Stack, Text, Title } from '@mantine/core';
import { pagePath } from '@paddock/contracts';
import { Copyable } from '../../../elements/Copyable.js';
import { ACCESS } from '../../../words/access.js';

const { acceptance: said } = ACCESS;

/** The exact agreement, shared by its hash with somebody who needs no account. */
export function Counsel({ agreement, model }: { agreement: string; model: string }) {
  const address = `${location.origin}${pagePath('agreement', { sha256: agreement })}`;
  const mail = `mailto:?subject=${encodeURIComponent(said.counselSubject(model))}&body=${encodeURIComponent(said.counselBody(address, agreement))}`;
  return (
    <Stack gap={6} component="section" aria-label={said.counsel}>
      <Title order={3} size="h5">
        {said.counsel}
      </Title>
      <Text size="sm" maw="68ch">
        {said.counselLead}
      </Text>
      <Copyable text={address} label={said.counsel} />
      <Anchor href={mail} size="sm">
        {said.counselMail}
      </Anchor>
    </Stack>
  );
}
