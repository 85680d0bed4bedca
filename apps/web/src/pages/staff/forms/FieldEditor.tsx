import { Checkbox, Group, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormField, Visibility } from '@paddock/domain';
import { FORMS } from '../../../words/staff/model-desk.js';
import { idFrom, linesOf, optionsOf } from './form-draft.js';

interface Props {
  field: FormField;
  /** Fields that stand before it: an answer to one of them can be what it is asked for. */
  before: readonly FormField[];
  taken: readonly string[];
  onChange: (field: FormField) => void;
}

const whole = (value: string | number) => (value === '' ? undefined : Number(value));

export function FieldEditor({ field, before, taken, onChange }: Props) {
  const set = (change: object) => onChange({ ...field, ...change } as FormField);
  // The name follows the question until the publisher says another.
  const ownId = field.id !== idFrom(field.label, taken);
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        label={FORMS.label}
        value={field.label}
        required
        maxLength={300}
        onChange={({ currentTarget: { value } }) => set({ label: value, ...(!ownId && { id: idFrom(value, taken) }) })}
      />
      <TextInput
        size="xs"
        label={FORMS.id}
        value={field.id}
        required
        maxLength={64}
        onChange={({ currentTarget: { value } }) => set({ id: value })}
      />
      <TextInput
        size="xs"
        label={FORMS.help}
        value={field.help ?? ''}
        maxLength={2000}
        onChange={({ currentTarget: { value } }) => set({ help: value || undefined })}
      />
      {field.kind === 'choice' && (
        <>
          <Textarea
            size="xs"
            label={FORMS.options}
            description={FORMS.optionsHelp}
            defaultValue={linesOf(field.options)}
            required
            autosize
            minRows={3}
            onChange={({ currentTarget: { value } }) => set({ options: optionsOf(value) })}
          />
          <Checkbox
            size="xs"
            label={FORMS.several}
            checked={field.several ?? false}
            onChange={({ currentTarget: { checked } }) => set({ several: checked || undefined })}
          />
        </>
      )}
      {field.kind === 'number' && (
        <Group gap="xs" align="end">
          <NumberInput size="xs" label={FORMS.min} value={field.min ?? ''} hideControls onChange={(value) => set({ min: whole(value) })} />
          <NumberInput size="xs" label={FORMS.max} value={field.max ?? ''} hideControls onChange={(value) => set({ max: whole(value) })} />
          <Checkbox
            size="xs"
            mb={6}
            label={FORMS.whole}
            checked={field.whole ?? false}
            onChange={({ currentTarget: { checked } }) => set({ whole: checked || undefined })}
          />
        </Group>
      )}
      {'maxLength' in field || field.kind === 'text' || field.kind === 'long-text' ? (
        <NumberInput
          size="xs"
          maw={260}
          label={FORMS.maxLength}
          value={(field as { maxLength?: number }).maxLength ?? ''}
          min={1}
          hideControls
          onChange={(value) => set({ maxLength: whole(value) })}
        />
      ) : null}
      <Checkbox
        size="xs"
        label={FORMS.required}
        checked={field.required}
        onChange={({ currentTarget: { checked } }) => set({ required: checked })}
      />
      {before.length > 0 && <ShownWhen shown={field.shownWhen} before={before} onChange={(shownWhen) => set({ shownWhen })} />}
    </Stack>
  );
}

function ShownWhen({
  shown,
  before,
  onChange,
}: {
  shown: Visibility | undefined;
  before: readonly FormField[];
  onChange: (shown: Visibility | undefined) => void;
}) {
  const earlier = before.find(({ id }) => id === shown?.field);
  const answers = earlier?.kind === 'choice' ? earlier.options.map(({ value }) => value) : earlier?.kind === 'attestation' ? ['true'] : [];
  const typed = (value: string) =>
    earlier?.kind === 'attestation' ? value === 'true' : earlier?.kind === 'number' ? Number(value) : value;
  return (
    <Group gap="xs" align="start">
      <NativeSelect
        size="xs"
        label={FORMS.shownWhen}
        value={shown?.field ?? ''}
        data={[{ value: '', label: FORMS.always }, ...before.map(({ id, label }) => ({ value: id, label: label || id }))]}
        onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : { field: value, in: [] })}
      />
      {shown && (
        <Textarea
          key={shown.field}
          size="xs"
          label={FORMS.isOneOf}
          {...(answers.length > 0 && { description: answers.join(', ') })}
          defaultValue={shown.in.join('\n')}
          required
          autosize
          onChange={({ currentTarget: { value } }) =>
            onChange({
              field: shown.field,
              in: value
                .split('\n')
                .map((line) => line.trim())
                .filter(Boolean)
                .map(typed),
            })
          }
        />
      )}
    </Group>
  );
}
