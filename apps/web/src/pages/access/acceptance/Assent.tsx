import { Button, Card, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Problem } from '@paddock/contracts';
import { useState } from 'react';
import { ErrorSummary, type Fault } from '../../../elements/ErrorSummary.js';
import { Refusal } from '../../../elements/Refusal.js';
import { ACCESS } from '../../../words/access.js';
import type { Presentation } from './usePresentation.js';
import type { Report } from './useReports.js';

const { acceptance: said } = ACCESS;
const NAME = 'typed-name';
const boxId = (id: string) => `attestation-${id}`;

export type Answer = { typedName: string; attestations: Record<string, boolean>; assented: true } | { declined: true };

interface Props {
  assent: Presentation['assent'];
  typedName: string;
  onType: (name: string) => void;
  report: Report;
  running: 'accept' | 'decline' | null;
  refused: Problem | undefined;
  onAnswer: (answer: Answer) => void;
}

/** The answer: boxes that begin unchecked, a name, and two buttons of one size. The words come from the server, and are evidence. */
export function Assent({ assent, typedName, onType, report, running, refused, onAnswer }: Props) {
  const [checked, setChecked] = useState<Record<string, boolean>>({});
  const [faults, setFaults] = useState<Fault[]>([]);
  const check = (id: string, on: boolean) => {
    report(on ? 'checked' : 'unchecked', id);
    setChecked({ ...checked, [id]: on });
  };
  const accept = () => {
    const missing = [
      ...assent.attestations
        .filter(({ id }) => !checked[id])
        .map(({ id, text }) => ({ control: boxId(id), label: text, why: said.boxMissing })),
      ...(typedName.trim() ? [] : [{ control: NAME, label: said.typeName, why: said.nameMissing }]),
    ];
    setFaults(missing);
    if (missing.length === 0)
      onAnswer({
        typedName,
        attestations: Object.fromEntries(assent.attestations.map(({ id }) => [id, checked[id] === true])),
        assented: true,
      });
  };
  const faulty = (control: string) => faults.find((fault) => fault.control === control)?.why;
  return (
    <Card withBorder padding="lg" component="section" id="answer" aria-label={said.answerTitle} maw="76ch">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          accept();
        }}
      >
        <Stack gap="md">
          <Title order={2} size="h3">
            {said.answerTitle}
          </Title>
          <ErrorSummary faults={faults} />
          {refused && <Refusal problem={refused} />}
          <Text>{assent.label}</Text>
          {assent.attestations.map(({ id, text }) => (
            <Checkbox
              key={id}
              id={boxId(id)}
              label={text}
              checked={checked[id] === true}
              error={!checked[id] && faulty(boxId(id))}
              onChange={({ currentTarget }) => check(id, currentTarget.checked)}
            />
          ))}
          <TextInput
            id={NAME}
            label={said.typeName}
            description={said.typeNameHelp}
            autoComplete="off"
            maxLength={200}
            maw="40ch"
            value={typedName}
            error={!typedName.trim() && faulty(NAME)}
            onChange={({ currentTarget }) => onType(currentTarget.value)}
          />
          <Group gap="sm">
            <Button type="submit" size="md" loading={running === 'accept'} disabled={running === 'decline'}>
              {assent.button}
            </Button>
            <Button
              size="md"
              variant="default"
              loading={running === 'decline'}
              disabled={running === 'accept'}
              onClick={() => onAnswer({ declined: true })}
            >
              {said.decline}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {`${said.accepting} ${said.declineNote}`}
          </Text>
        </Stack>
      </form>
    </Card>
  );
}
