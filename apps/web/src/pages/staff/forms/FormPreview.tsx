import { Paper, Text } from '@mantine/core';
import type { FormField } from '@paddock/domain';
import { useState } from 'react';
import { FORMS } from '../../../words/staff/model-desk.js';
import type { AllHeld } from '../../access/form/answering.js';
import { Questionnaire } from '../../access/form/Questionnaire.js';

/** The form as applicants get it, answerable, so that whoever composes it sees what is asked when. */
export function FormPreview({ fields }: { fields: readonly FormField[] }) {
  const [held, setHeld] = useState<AllHeld>({});
  // While it is composed a question may have no words yet.
  const named = fields.map((field) => ({ ...field, label: field.label || field.id }));
  return (
    <Paper withBorder p="md">
      {fields.length === 0 ? (
        <Text c="dimmed">{FORMS.empty}</Text>
      ) : (
        <Questionnaire fields={named} held={held} faults={[]} onChange={setHeld} />
      )}
    </Paper>
  );
}
