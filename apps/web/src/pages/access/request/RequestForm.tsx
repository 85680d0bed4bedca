import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { pagePath } from '@paddock/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { queries } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import { ErrorSummary, focusOn, type Fault } from '../../../elements/ErrorSummary.js';
import { Refusal } from '../../../elements/Refusal.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import { ACCESS } from '../../../words/access.js';
import { heldFor } from '../form/answering.js';
import { controlId, labelOf, type AskedForm } from '../form/fields.js';
import { LICENSEE_CONTROLS, licenseeOf } from '../form/LicenseeChoice.js';
import { Prerequisites } from '../prerequisites/Prerequisites.js';
import type { Beginning } from './BegunRequest.js';
import { CheckAnswers } from './CheckAnswers.js';
import { STATEMENT, type Asked } from './draft.js';
import { licenseeHeldOf } from './licensee.js';
import { Questions } from './Questions.js';
import { useRequestDraft, type RequestDraft } from './useRequestDraft.js';

const { request: said } = ACCESS;

interface Props {
  person: Person;
  asked: Asked;
  beginning: Beginning;
  form: AskedForm;
  readFormAgain: () => Promise<unknown>;
}

/** Two steps of one address: the questions, then everything once more before it is sent. The back button goes between them. */
export function RequestForm({ person, asked, beginning, form, readFormAgain }: Props) {
  const { open, before, organizations } = beginning;
  const from = open ?? before;
  const draft = useRequestDraft({
    asked,
    request: open,
    begun: {
      held: heldFor(from?.answers ?? {}),
      licensee: licenseeHeldOf(from, person, organizations),
      statement: open?.useStatement ?? '',
    },
    fields: form.fields,
    keptAs: `request ${person.id} ${asked.model} ${asked.kind}`,
    readFormAgain,
  });
  const [faults, setFaults] = useState<Fault[]>([]);
  const formChanged = useAnotherForm(form.n);
  const navigate = useNavigate();
  const checking = useSearchText('step') === 'check' && licenseeOf(draft.written.licensee) !== undefined;
  const stepTo = (step: string | undefined) => navigate({ to: '.', search: (now: object) => ({ ...now, step }), resetScroll: true });
  const renewal = (draft.request?.kind ?? asked.kind) === 'renewal';

  const check = async () => {
    const found = [...missingOf(draft, renewal), ...faultsAt(draft, form)];
    setFaults(found);
    if (found.length === 0 && (await draft.save())) await stepTo('check');
  };
  const send = async () => {
    const sent = await draft.send();
    if (!sent) return;
    await queries.invalidateQueries();
    await navigate({ to: '/access-requests/$request', params: { request: sent.id }, search: { sent: '' } });
  };
  const change = async (control: string) => {
    await stepTo(undefined);
    requestAnimationFrame(() => focusOn(control));
  };

  return (
    <Stack gap="lg">
      {formChanged && <Alert color="yellow" title={said.formChanged} role="alert" children={said.formChangedWay} />}
      {draft.refused && <Refusal problem={wayOn(draft.refused, asked.model)} />}
      {checking ? (
        <CheckAnswers draft={draft} fields={form.fields} kind={asked.kind} onChange={change} onSend={send} />
      ) : (
        <>
          <ErrorSummary faults={faults} />
          <Prerequisites model={asked.model} unmetAlone />
          <Questions draft={draft} fields={form.fields} beginning={beginning} renewal={renewal} checked={faults.length > 0} />
          <Group>
            <Button onClick={() => void check()} loading={draft.saving.is === 'saving' && faults.length === 0}>
              {said.check}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {said.saving(draft.saving)}
            </Text>
          </Group>
        </>
      )}
    </Stack>
  );
}

/** Whether the publisher has put another form in force since this page was opened. */
function useAnotherForm(version: number | null): boolean {
  const first = useRef(version);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (version !== first.current) setChanged(true);
    first.current = version;
  }, [version]);
  return changed;
}

function missingOf({ request, written }: RequestDraft, renewal: boolean): Fault[] {
  const { legalName, country, organization } = written.licensee;
  const told = (control: string, label: string) => ({ control, label, why: said.mustBeSaid });
  return [
    ...(!request && !organization && !legalName.trim() ? [told(LICENSEE_CONTROLS.legalName, ACCESS.form.legalName)] : []),
    ...(!request && !organization && !country ? [told(LICENSEE_CONTROLS.country, ACCESS.form.country)] : []),
    ...(renewal && !written.statement.trim() ? [told(STATEMENT, said.useStatement)] : []),
  ];
}

const faultsAt = (draft: RequestDraft, { fields }: AskedForm): Fault[] =>
  draft.missing().map(({ field, why }) => ({ control: controlId(field), label: labelOf(fields, field), why }));

/** Where the license offers terms of its own, that is the way on. */
function wayOn(problem: NonNullable<RequestDraft['refused']>, model: string) {
  return problem['specialLicense']
    ? { ...problem, remedy: said.askSpecial, remedyUrl: `${pagePath('requestAccess', { model })}?special` }
    : problem;
}
