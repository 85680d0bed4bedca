import { Button, Group, SimpleGrid } from '@mantine/core';
import type { Form } from '@paddock/contracts';
import type { FormField } from '@paddock/domain';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { State } from '../../../elements/State.js';
import { FORMS } from '../../../words/staff/model-desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Told } from '../../../elements/Told.js';
import { useDraft } from '../parts/useDraft.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { FieldsEditor } from './FieldsEditor.js';
import { FormPreview } from './FormPreview.js';

type Shown = Wire<typeof Form>;

/** What applicants are asked: composed field by field, beside what they will see. */
export function FormsPage() {
  const { model } = useParams({ from: '/models/$model/forms' });
  const forms = usePages<Shown>(`/models/${model}/forms`);
  const [kept, setKept] = useState<number>();
  return (
    <Page title={FORMS.title(model)} lead={FORMS.lead}>
      <Group>
        <PageLink to="/publishing/$model" params={{ model }} size="sm">
          {FORMS.model}
        </PageLink>
      </Group>
      {kept !== undefined && (
        <Told title={FORMS.kept(kept)}>
          {FORMS.keptNext}{' '}
          <PageLink to="/publishing/$model" params={{ model }} size="sm" underline="always">
            {FORMS.toTerms}
          </PageLink>
        </Told>
      )}
      <Loaded of={forms}>{(items) => <Composer key={items.length} model={model} forms={items} onKept={setKept} />}</Loaded>
    </Page>
  );
}

function Composer({ model, forms, onKept }: { model: string; forms: readonly Shown[]; onKept: (n: number) => void }) {
  const begin = (forms.find(({ state }) => state === 'in-force') ?? forms[0])?.fields ?? NO_FIELDS;
  const [fields, setFields, forget] = useDraft<readonly FormField[]>(`form:${model}:${forms.length}`, begin as readonly FormField[]);
  const keep = useCommand(() => call<Shown>('POST', `/models/${model}/forms`, { body: { fields } }), {
    stale: [`/models/${model}/forms`],
    onDone: ({ n }) => {
      forget();
      onKept(n);
    },
  });
  return (
    <>
      <Section title={FORMS.versions}>
        <Rows
          caption={FORMS.versions}
          columns={[
            { head: FORMS.version, cell: ({ n }) => n },
            { head: FORMS.state, cell: ({ state }) => <State of={state}>{FORMS.states[state]}</State> },
            { head: FORMS.fields, cell: (form) => form.fields.map(({ label }) => label).join(' · ') },
            { head: FORMS.composedAt, cell: ({ createdAt }) => <Moment at={createdAt} /> },
            {
              head: PARTS.actions,
              silent: true,
              cell: (form) => (
                <Button size="compact-xs" variant="default" onClick={() => setFields(form.fields as readonly FormField[])}>
                  {FORMS.begin}
                </Button>
              ),
            },
          ]}
          items={forms}
          keyOf={({ n }) => String(n)}
          empty={FORMS.none}
          minWidth={720}
        />
      </Section>
      {keep.refused && <Refusal problem={keep.refused} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Section title={FORMS.compose}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              keep.run();
            }}
          >
            <FieldsEditor fields={fields} onChange={setFields} />
            <Button mt="md" type="submit" loading={keep.running}>
              {FORMS.keep}
            </Button>
          </form>
        </Section>
        <Section title={FORMS.preview} lead={FORMS.previewLead}>
          <FormPreview fields={fields} />
        </Section>
      </SimpleGrid>
    </>
  );
}

const NO_FIELDS: readonly never[] = [];
