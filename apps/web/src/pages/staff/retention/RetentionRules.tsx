import { Button } from '@mantine/core';
import type { RetentionDryRun, RetentionRule } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand, usePages } from '../../../api/hooks.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Refusal } from '../../../elements/Refusal.js';
import { RETENTION as said } from '../../../words/staff/retention.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { ChangeRule } from './ChangeRule.js';
import { WouldErase } from './WouldErase.js';

const columnsOf = (change: (rule: RetentionRule) => void): readonly Column<RetentionRule>[] => [
  { head: said.kind, cell: ({ meaning }) => meaning },
  { head: said.of, cell: ({ publisher }) => publisher ?? said.whole },
  { head: said.days, cell: ({ days }) => days?.toLocaleString() ?? said.endless, numeric: true },
  { head: said.state, cell: ({ state }) => said.states[state] },
  {
    head: PARTS.actions,
    silent: true,
    cell: (rule) => (
      <Button size="compact-xs" variant="default" onClick={() => change(rule)}>
        {said.set}
      </Button>
    ),
  },
];

export function RetentionRules() {
  const rules = usePages<RetentionRule>('/retention/rules');
  const [changing, setChanging] = useState<RetentionRule>();
  const dry = useCommand(() => call<RetentionDryRun>('POST', '/retention/dry-run', { body: {} }), { stale: [] });
  return (
    <Section
      title={said.rules}
      action={
        <Button size="xs" variant="default" loading={dry.running} onClick={() => dry.run()}>
          {said.dryRunAll}
        </Button>
      }
    >
      {dry.refused && <Refusal problem={dry.refused} />}
      {dry.answer && <WouldErase run={dry.answer} />}
      <Loaded of={rules}>
        {(items) => (
          <Rows
            caption={said.rules}
            columns={columnsOf(setChanging)}
            items={items}
            keyOf={({ kind, publisher }) => `${kind} ${publisher}`}
            minWidth={760}
          />
        )}
      </Loaded>
      {changing && <ChangeRule rule={changing} onEnd={() => setChanging(undefined)} />}
    </Section>
  );
}
