import { Button, Checkbox, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { PolicyListed } from '@paddock/contracts';
import { CHANNELS } from '@paddock/domain';
import { usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { choices } from '../../../elements/choices.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { BindingFields } from './BindingFields.js';
import type { Draft } from './draft.js';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** How a version is accepted, what it brings along, and when it binds. */
export function EffectStep({ draft, onChange }: Props) {
  const { data: policies = [] } = usePages<Wire<typeof PolicyListed>>('/policies?limit=200');
  const select = <Name extends 'assent' | 'coverage' | 'surface'>(name: Name, label: string, options: Record<string, string>) => (
    <NativeSelect
      label={label}
      value={draft[name]}
      data={choices(options)}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
    />
  );
  return (
    <Stack maw={760}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {select('assent', EDITOR.assent, EDITOR.assents)}
        {select('coverage', EDITOR.coverage, EDITOR.coverages)}
        {select('surface', EDITOR.surface, EDITOR.surfaces)}
      </SimpleGrid>
      <Checkbox.Group
        label={EDITOR.channels}
        value={draft.channels}
        onChange={(channels) => onChange({ channels: channels as Draft['channels'] })}
      >
        <Group mt="xs">
          {CHANNELS.map((channel) => (
            <Checkbox key={channel} value={channel} label={channel} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox.Group label={EDITOR.policiesIn} value={draft.policies} onChange={(chosen) => onChange({ policies: chosen })}>
        <Stack gap="xs" mt="xs">
          {policies.length === 0 && <Text size="sm">{PARTS.none}</Text>}
          {policies.map(({ slug, title }) => (
            <Checkbox key={slug} value={slug} label={title} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Attestations draft={draft} onChange={onChange} />
      <TextInput
        label={EDITOR.spdx}
        maw={320}
        maxLength={64}
        value={draft.spdx ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ spdx: value || undefined })}
      />
      <Fieldset legend={EDITOR.when}>
        <BindingFields binding={draft} onChange={onChange} />
      </Fieldset>
    </Stack>
  );
}

function Attestations({ draft: { attestations }, onChange }: Props) {
  const set = (index: number, change: object) =>
    onChange({ attestations: attestations.map((one, n) => (n === index ? { ...one, ...change } : one)) });
  return (
    <Fieldset legend={EDITOR.attestations}>
      <Stack gap="xs">
        {attestations.map(({ id, text }, index) => (
          <Group key={index} align="end" gap="xs">
            <TextInput
              size="xs"
              w={140}
              required
              label={EDITOR.attestationId}
              value={id}
              onChange={({ currentTarget: { value } }) => set(index, { id: value })}
            />
            <TextInput
              size="xs"
              flex={1}
              miw={220}
              required
              label={EDITOR.attestationText}
              value={text}
              maxLength={500}
              onChange={({ currentTarget: { value } }) => set(index, { text: value })}
            />
            <Button size="xs" variant="default" onClick={() => onChange({ attestations: attestations.filter((_, n) => n !== index) })}>
              {PARTS.remove}
            </Button>
          </Group>
        ))}
        <Group>
          <Button size="xs" variant="default" onClick={() => onChange({ attestations: [...attestations, { id: '', text: '' }] })}>
            {EDITOR.addAttestation}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
