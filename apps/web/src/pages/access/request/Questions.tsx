import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { FormField } from '@paddock/domain';
import { nameOfCountry } from '../../../elements/countries.js';
import { ACCESS } from '../../../words/access.js';
import { LicenseeChoice } from '../form/LicenseeChoice.js';
import { Questionnaire } from '../form/Questionnaire.js';
import type { Beginning } from './BegunRequest.js';
import { STATEMENT, type Request } from './draft.js';
import type { RequestDraft } from './useRequestDraft.js';

const { request: said } = ACCESS;

interface Props {
  draft: RequestDraft;
  fields: readonly FormField[];
  beginning: Beginning;
  renewal: boolean;
  /** Whether the reader has asked to go on: then what is missing is said. */
  checked: boolean;
}

/** The first step: for whom, what was done so far, and the publisher's questions. */
export function Questions({ draft, fields, beginning, renewal, checked }: Props) {
  const { written, faults, change } = draft;
  return (
    <Stack gap="lg">
      <ToCorrect request={draft.request} />
      {draft.request || beginning.before ? (
        <AskedFor draft={draft} before={beginning.before} />
      ) : (
        <LicenseeChoice
          held={written.licensee}
          organizations={beginning.organizations}
          checked={checked}
          onChange={(licensee) => change({ ...written, licensee })}
        />
      )}
      {renewal && (
        <Textarea
          id={STATEMENT}
          label={said.useStatement}
          description={said.useStatementHelp}
          autosize
          minRows={4}
          maw="60ch"
          maxLength={10_000}
          required
          withAsterisk={false}
          value={written.statement}
          error={checked && !written.statement.trim() && said.mustBeSaid}
          onChange={({ currentTarget }) => change({ ...written, statement: currentTarget.value })}
        />
      )}
      {fields.length === 0 && <Text>{said.nothingAsked}</Text>}
      <Questionnaire fields={fields} held={written.held} faults={faults} onChange={(held, id) => change({ ...written, held }, id)} />
    </Stack>
  );
}

/** Once there is a draft its licensee is settled: another one is another request. */
function AskedFor({ draft, before }: { draft: RequestDraft; before: Request | undefined }) {
  const { request } = draft;
  const { name, country } = (request ?? before!).licensee;
  return (
    <Group gap="sm">
      <Text>{said.askedFor(name, country && nameOfCountry(country))}</Text>
      {request?.state === 'draft' && request.kind !== 'renewal' && (
        <Button variant="subtle" size="compact-sm" onClick={() => void draft.askForAnother()}>
          {said.askForAnother}
        </Button>
      )}
    </Group>
  );
}

/** Why a request came back. A reviewer's words: shown as text. */
function ToCorrect({ request }: { request: Request | undefined }) {
  const reason = request?.state === 'returned' && request.decisions.findLast(({ outcome }) => outcome === 'return')?.reason;
  if (!reason) return null;
  return (
    <Alert color="yellow" title={said.toCorrect}>
      <Text size="sm" className="said">
        {reason}
      </Text>
    </Alert>
  );
}
