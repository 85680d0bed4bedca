import { Stack } from '@mantine/core';
import { isAsked, type AnswerFault, type FormField } from '@paddock/domain';
import { answersFrom, type AllHeld, type Held } from './answering.js';
import { FieldControl } from './FieldControl.js';

interface Props {
  fields: readonly FormField[];
  held: AllHeld;
  faults: readonly AnswerFault[];
  disabled?: boolean;
  onChange?: (held: Record<string, Held>, changed: string) => void;
  /** The reader has left a question: now is the time to say what is wrong with it. */
  onLeave?: (field: string) => void;
}

/** A form's questions. What is asked hangs on what was answered before, and follows it at once; the rule is the domain's. */
export function Questionnaire({ fields, held, faults, disabled = false, onChange, onLeave }: Props) {
  const answers = answersFrom(fields, held);
  return (
    <Stack gap="lg" maw="60ch">
      {fields
        .filter((field) => isAsked(field, fields, answers))
        .map((field) => (
          <FieldControl
            key={field.id}
            field={field}
            held={Object.hasOwn(held, field.id) ? held[field.id] : undefined}
            fault={faults.find(({ field: id }) => id === field.id)?.why}
            disabled={disabled}
            onChange={(value) => onChange?.({ ...held, [field.id]: value }, field.id)}
            onLeave={() => onLeave?.(field.id)}
          />
        ))}
    </Stack>
  );
}
