import { Checkbox, MultiSelect, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { LICENSEE_KINDS, type ClauseKind } from '@paddock/domain';
import { choices } from '../../../elements/choices.js';
import { PARTS } from '../../../words/staff/parts.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { CLAUSE_PARAMETERS, type Parameter } from './clause-parameters.js';
import type { DraftClause } from './draft.js';

interface Props {
  clause: DraftClause;
  policies: readonly string[];
  onChange: (parameters: Record<string, unknown>) => void;
}

/** The figures and lists of a clause, each with a field that fits. */
export function ClauseParameters({ clause: { kind, parameters }, policies, onChange }: Props) {
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...others } = parameters;
    onChange(value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? others : { ...others, [name]: value });
  };
  return (
    <Stack gap="xs">
      {CLAUSE_PARAMETERS[kind as ClauseKind].map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={parameters[parameter.name]}
          policies={policies}
          onChange={(value) => set(parameter.name, value)}
        />
      ))}
    </Stack>
  );
}

interface FieldProps {
  parameter: Parameter;
  value: unknown;
  policies: readonly string[];
  onChange: (value: unknown) => void;
}

function ParameterField({ parameter: { kind, label, required }, value, policies, onChange }: FieldProps) {
  const base = { size: 'xs', label, required: required ?? false } as const;
  const list = Array.isArray(value) ? value.map(String) : [];
  const text = value === undefined ? '' : String(value);
  const write = ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value);
  switch (kind) {
    case 'number':
      return (
        <NumberInput
          {...base}
          value={text}
          min={1}
          allowDecimal={false}
          thousandSeparator=" "
          hideControls
          onChange={(n) => onChange(n === '' ? undefined : Number(n))}
        />
      );
    case 'date':
      return <TextInput {...base} type="date" value={text} onChange={write} />;
    case 'words':
      return (
        <Textarea
          {...base}
          description={EDITOR.oneALine}
          defaultValue={list.join('\n')}
          autosize
          onBlur={({ currentTarget }) => onChange(split(currentTarget.value, /\n/))}
        />
      );
    case 'countries':
      return (
        <TextInput
          {...base}
          description={EDITOR.countriesHelp}
          defaultValue={list.join(' ')}
          onBlur={({ currentTarget }) => onChange(split(currentTarget.value.toUpperCase(), /[\s,;]+/))}
        />
      );
    case 'licensee-kinds':
      return <MultiSelect {...base} data={[...LICENSEE_KINDS]} value={list} onChange={onChange} />;
    case 'yes':
      return (
        <Checkbox
          size="xs"
          label={label}
          checked={value === true}
          onChange={({ currentTarget: { checked } }) => onChange(checked || undefined)}
        />
      );
    case 'policy':
      return <NativeSelect {...base} value={text} data={[{ value: '', label: PARTS.none }, ...policies]} onChange={write} />;
    case 'otherwise':
      return <NativeSelect {...base} label={EDITOR.otherwise} value={text} data={choices(EDITOR.otherwises)} onChange={write} />;
    case 'long-text':
      return <Textarea {...base} value={text} autosize onChange={write} />;
    case 'text':
      return <TextInput {...base} value={text} onChange={write} />;
  }
}

const split = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
