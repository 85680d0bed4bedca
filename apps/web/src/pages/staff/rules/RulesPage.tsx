import { Button, Group } from '@mantine/core';
import type { DryRun, Form, RuleSet } from '@paddock/contracts';
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
import { Told } from '../../../elements/Told.js';
import { FORMS, RULES } from '../../../words/staff/model-desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { useDraft } from '../parts/useDraft.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { DryRunResult } from './DryRunResult.js';
import { draftOf, type DraftRule } from './rule-draft.js';
import { RulesEditor } from './RulesEditor.js';

type Shown = Wire<typeof RuleSet>;

/** Rules that decide before people do: written, run dry, switched on and off. */
export function RulesPage() {
  const { model } = useParams({ from: '/models/$model/rules' });
  const rules = usePages<Shown>(`/models/${model}/rules`);
  const [kept, setKept] = useState<number>();
  return (
    <Page title={RULES.title(model)} lead={RULES.lead}>
      <Group>
        <PageLink to="/publishing/$model" params={{ model }} size="sm">
          {FORMS.model}
        </PageLink>
      </Group>
      {kept !== undefined && <Told title={RULES.kept(kept)}>{RULES.keptNext}</Told>}
      <Loaded of={rules}>{(items) => <Versions key={items.length} model={model} versions={items} onKept={setKept} />}</Loaded>
    </Page>
  );
}

function Versions({ model, versions, onKept }: { model: string; versions: readonly Shown[]; onKept: (n: number) => void }) {
  const path = `/models/${model}/rules`;
  const forms = usePages<Wire<typeof Form>>(`/models/${model}/forms`);
  const fields = (forms.data?.find(({ state }) => state === 'in-force') ?? forms.data?.[0])?.fields ?? [];
  const begin = versions[0] ? draftsOf(versions[0]) : [];
  const [drafts, setDrafts, forget] = useDraft<readonly DraftRule[]>(`rules:${model}:${versions.length}`, begin);
  const dry = useCommand((n: number) => call<DryRun>('POST', `${path}/${n}/dry-run`), { stale: [path] });
  const switchTo = (n: number | null, label: string, meaning: string) => (
    <Asking
      label={label}
      meaning={meaning}
      send={() => call('POST', `${path}/switch`, { body: { n } })}
      stale={[path]}
      button={{ size: 'compact-xs' }}
    />
  );
  return (
    <>
      <Section title={RULES.versions}>
        <Rows
          caption={RULES.versions}
          columns={[
            { head: RULES.version, cell: ({ n }) => n },
            { head: RULES.state, cell: ({ state }) => <State of={state === 'on' ? 'active' : state}>{RULES.states[state]}</State> },
            { head: RULES.rules, cell: (set) => set.rules.map(({ id, do: what }) => `${id}: ${RULES.does[what]}`).join(' · ') },
            { head: RULES.writtenAt, cell: ({ createdAt }) => <Moment at={createdAt} /> },
            {
              head: PARTS.actions,
              silent: true,
              cell: (set) => (
                <Group gap="xs">
                  <Button size="compact-xs" variant="default" loading={dry.running} onClick={() => dry.run(set.n)}>
                    {RULES.runDry}
                  </Button>
                  {set.state === 'on'
                    ? switchTo(null, RULES.switchOff, RULES.switchOffMeaning)
                    : switchTo(set.n, RULES.switchOn, RULES.switchOnMeaning(set.n))}
                  <Button size="compact-xs" variant="default" onClick={() => setDrafts(draftsOf(set))}>
                    {RULES.begin}
                  </Button>
                </Group>
              ),
            },
          ]}
          items={versions}
          keyOf={({ n }) => String(n)}
          empty={RULES.none}
          minWidth={820}
        />
      </Section>
      {dry.refused && <Refusal problem={dry.refused} />}
      {dry.answer && <DryRunResult run={dry.answer} />}
      <Section title={RULES.write}>
        <RulesEditor
          path={path}
          rules={drafts}
          fields={fields}
          onChange={setDrafts}
          onKept={(n) => {
            forget();
            onKept(n);
          }}
        />
      </Section>
    </>
  );
}

const draftsOf = ({ rules }: Shown): DraftRule[] =>
  rules.map(({ id, when, do: what, reason, assign }) => ({ id, when: draftOf(when as never), do: what, reason, assign: assign ?? '' }));
