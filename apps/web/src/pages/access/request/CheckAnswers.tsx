import { Anchor, Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { isAsked, type FormField, type RequestKind } from '@paddock/domain';
import { useEffect, useRef, useState } from 'react';
import { nameOfCountry } from '../../../elements/countries.js';
import { Facts } from '../../../elements/Facts.js';
import { ACCESS } from '../../../words/access.js';
import { Answers } from '../form/Answers.js';
import { answersFrom } from '../form/answering.js';
import { controlId } from '../form/fields.js';
import { STATEMENT } from './draft.js';
import type { RequestDraft } from './useRequestDraft.js';

const { request: said } = ACCESS;

interface Props {
  draft: RequestDraft;
  fields: readonly FormField[];
  kind: RequestKind;
  onChange: (control: string) => void;
  onSend: () => Promise<void>;
}

/** The second step: everything once more, each with the way back to it, and what happens once it is sent. */
export function CheckAnswers({ draft, fields, kind, onChange, onSend }: Props) {
  const [sending, setSending] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const answers = answersFrom(fields, draft.written.held);
  const { name, country } = draft.request?.licensee ?? { name: null, country: null };
  const send = async () => {
    if (sending) return;
    setSending(true);
    await onSend();
    setSending(false);
  };
  return (
    <Stack>
      <Title order={2} size="h4" tabIndex={-1} ref={heading}>
        {said.checkTitle}
      </Title>
      <Facts of={[[said.licensee, name && `${name}${country ? `, ${nameOfCountry(country)}` : ''}`]]} />
      <Divider />
      {draft.written.statement && (
        <Facts
          of={[
            [
              said.useStatement,
              <>
                {draft.written.statement}{' '}
                <Anchor component="button" type="button" size="sm" onClick={() => onChange(STATEMENT)}>
                  {ACCESS.form.change}
                </Anchor>
              </>,
            ],
          ]}
        />
      )}
      <Answers
        fields={fields.filter((field) => isAsked(field, fields, answers))}
        answers={answers}
        onChange={(field) => onChange(controlId(field))}
      />
      <Divider />
      <Title order={2} size="h4">
        {said.nextTitle}
      </Title>
      <Text maw="65ch">{said.next[kind]}</Text>
      <Group>
        <Button onClick={() => void send()} loading={sending}>
          {said.send}
        </Button>
        <Button variant="default" onClick={() => history.back()}>
          {said.back}
        </Button>
      </Group>
    </Stack>
  );
}
