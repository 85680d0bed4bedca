import { Anchor, Text } from '@mantine/core';
import type { Answers as Given, FormField } from '@paddock/domain';
import { Facts } from '../../../elements/Facts.js';
import { ACCESS } from '../../../words/access.js';
import { answerInWords } from './answering.js';

interface Props {
  fields: readonly FormField[];
  answers: Given;
  /** Before it is sent, each answer leads back to its question. */
  onChange?: (field: string) => void;
}

/** Answers beside what was asked; what no form speaks of stands under its own name. */
export function Answers({ fields, answers, onChange }: Props) {
  const known = onChange ? fields : fields.filter(({ id }) => Object.hasOwn(answers, id));
  const strays = Object.keys(answers).filter((id) => !fields.some((field) => field.id === id));
  if (known.length + strays.length === 0) return <Text c="dimmed">{ACCESS.form.nothingAnswered}</Text>;
  return (
    <Facts
      of={[
        ...known.map((field) => {
          const said = answerInWords(field, Object.hasOwn(answers, field.id) ? answers[field.id] : undefined);
          return [
            field.label,
            onChange ? (
              <>
                {`${said}  `}
                <Anchor component="button" type="button" size="sm" onClick={() => onChange(field.id)}>
                  {ACCESS.form.change}
                  <span className="out-of-sight">{` ${field.label}`}</span>
                </Anchor>
              </>
            ) : (
              said
            ),
          ] as const;
        }),
        ...strays.map((id) => [id, answerInWords(undefined, answers[id])] as const),
      ]}
    />
  );
}
