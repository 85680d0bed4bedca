import { Checkbox, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { maxLengthOf, type FormField } from '@paddock/domain';
import { countryOptions } from '../../../elements/countries.js';
import { FORM } from '../../../words/access/form.js';
import { words } from '../../../words/index.js';
import type { Held } from './answering.js';
import { controlId } from './fields.js';

interface Props {
  field: FormField;
  held: Held | undefined;
  fault: string | undefined;
  disabled?: boolean;
  onChange: (held: Held) => void;
  onLeave: () => void;
}

/** So many options stand as radio buttons, where all of them can be read at once. */
const MOST_RADIOS = 7;

/** One question as a labelled control. Labels and help are a publisher's text: shown as text. */
export function FieldControl({ field, held, fault, disabled = false, onChange, onLeave }: Props) {
  const shared = {
    id: controlId(field.id),
    label: field.required ? field.label : words.frame.optional(field.label),
    description: field.help,
    error: fault && FORM.fault(fault),
    disabled,
    onBlur: onLeave,
  };
  const text = typeof held === 'string' ? held : '';
  const typed = { ...shared, value: text, required: field.required, withAsterisk: false };
  switch (field.kind) {
    case 'attestation':
      return (
        <Checkbox
          {...shared}
          required={field.required}
          checked={held === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'choice':
      return <Choice field={field} held={held} shared={shared} onChange={onChange} />;
    case 'country':
      return (
        <NativeSelect
          {...typed}
          data={[{ value: '', label: words.frame.choose }, ...countryOptions()]}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case 'long-text':
      return (
        <Textarea
          {...typed}
          autosize
          minRows={4}
          maxLength={maxLengthOf(field)}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    default:
      return <TextInput {...typed} {...oneLine(field)} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
  }
}

interface ChoiceProps {
  field: Extract<FormField, { kind: 'choice' }>;
  held: Held | undefined;
  shared: { id: string; label: string; description: string | undefined; error: string | undefined; disabled: boolean; onBlur: () => void };
  onChange: (held: Held) => void;
}

function Choice({ field, held, shared, onChange }: ChoiceProps) {
  const { disabled, onBlur, ...group } = shared;
  if (field.several)
    return (
      <Checkbox.Group {...group} withAsterisk={false} value={Array.isArray(held) ? held : []} onChange={onChange} onBlur={onBlur}>
        <Stack gap={6} mt="xs">
          {field.options.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} disabled={disabled} />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  const value = typeof held === 'string' ? held : '';
  if (field.options.length > MOST_RADIOS)
    return (
      <NativeSelect
        {...shared}
        value={value}
        data={[{ value: '', label: words.frame.choose }, ...field.options]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return (
    <Radio.Group {...group} name={shared.id} withAsterisk={false} value={value} onChange={onChange} onBlur={onBlur}>
      <Stack gap={6} mt="xs">
        {field.options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} disabled={disabled} />
        ))}
        {!field.required && <Radio value="" label={FORM.none} disabled={disabled} />}
      </Stack>
    </Radio.Group>
  );
}

const NARROW = { input: { maxWidth: 260 } };

/** What a one-line control is told of its kind. */
function oneLine(field: FormField) {
  switch (field.kind) {
    case 'number':
      return { inputMode: field.whole ? ('numeric' as const) : ('decimal' as const), styles: NARROW };
    case 'orcid':
      return { placeholder: '0000-0000-0000-0000', spellCheck: false, styles: NARROW };
    case 'url':
      return { type: 'url', placeholder: 'https://', maxLength: maxLengthOf(field) };
    case 'organization':
      return { autoComplete: 'organization', maxLength: maxLengthOf(field) };
    case 'text':
      return { maxLength: maxLengthOf(field) };
    default:
      return {};
  }
}
