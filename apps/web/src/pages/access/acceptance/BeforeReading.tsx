import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { faultsOf } from '@paddock/domain';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { ErrorSummary, type Fault } from '../../../elements/ErrorSummary.js';
import { Loaded } from '../../../elements/Loaded.js';
import { useKept } from '../../../elements/useKept.js';
import { ACCESS } from '../../../words/access.js';
import { answersFrom, type Held } from '../form/answering.js';
import { controlId, labelOf, type AskedForm } from '../form/fields.js';
import { LICENSEE_CONTROLS, LicenseeChoice, licenseeOf, type LicenseeHeld, type Organizations } from '../form/LicenseeChoice.js';
import { Questionnaire } from '../form/Questionnaire.js';
import { Prerequisites } from '../prerequisites/Prerequisites.js';
import type { Asking } from './usePresentation.js';

const { acceptance: said, request, form: of } = ACCESS;

interface Props {
  model: string;
  person: Person;
  onTold: (told: Pick<Asking, 'licensee' | 'answers'>) => void;
}

interface Begun {
  licensee: LicenseeHeld;
  held: Record<string, Held>;
}

/** Of a model that opens by assent: who would be bound, and what its clauses are judged by. */
export function BeforeReading({ model, person, onTold }: Props) {
  const form = useAnswer<AskedForm>(`/models/${model}/form`);
  const organizations = useAnswer<{ items: Organizations }>('/organizations');
  const [begun, keep] = useKept<Begun>(`before reading ${person.id} ${model}`, 'browser');
  const [faults, setFaults] = useState<Fault[]>([]);
  const { licensee, held } = begun ?? { licensee: { organization: '', legalName: person.name, country: '' }, held: {} };
  const go = (asked: AskedForm) => {
    const answers = answersFrom(asked.fields, held);
    const bound = licenseeOf(licensee);
    const missing = [
      ...(bound || licensee.legalName.trim()
        ? []
        : [{ control: LICENSEE_CONTROLS.legalName, label: of.legalName, why: request.mustBeSaid }]),
      ...(bound || licensee.country ? [] : [{ control: LICENSEE_CONTROLS.country, label: of.country, why: request.mustBeSaid }]),
      ...faultsOf(asked.fields, answers, 'complete').map(({ field, why }) => ({
        control: controlId(field),
        label: labelOf(asked.fields, field),
        why,
      })),
    ];
    setFaults(missing);
    if (missing.length === 0 && bound) onTold({ licensee: bound, answers });
  };
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} size="h3">
          {said.beforeTitle}
        </Title>
        <Text maw="65ch">{said.beforeLead}</Text>
      </div>
      <Prerequisites model={model} unmetAlone />
      <Loaded of={organizations}>
        {({ items }) => (
          <Loaded of={form}>
            {(asked) => (
              <Stack gap="lg">
                <ErrorSummary faults={faults} />
                <LicenseeChoice
                  held={licensee}
                  organizations={items}
                  checked={faults.length > 0}
                  onChange={(next) => keep({ licensee: next, held })}
                />
                <Questionnaire
                  fields={asked.fields}
                  held={held}
                  faults={faults.flatMap(({ control, why }) =>
                    control.startsWith('answer-') ? [{ field: control.slice('answer-'.length), why }] : [],
                  )}
                  onChange={(next) => keep({ licensee, held: next })}
                />
                <Group>
                  <Button onClick={() => go(asked)}>{said.beforeGo}</Button>
                </Group>
              </Stack>
            )}
          </Loaded>
        )}
      </Loaded>
    </Stack>
  );
}
