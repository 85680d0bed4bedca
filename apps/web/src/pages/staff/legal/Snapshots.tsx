import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { Comparison, Policy, Snapshot } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Differences } from '../../../elements/legal/Differences.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Asking } from '../parts/Asking.js';
import { Form } from '../parts/Form.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { AT_ONCE, bindingOf } from './binding.js';
import { BindingFields } from './BindingFields.js';
import { Foreseen } from './Foreseen.js';

type Shown = Wire<typeof Snapshot>;

const COLUMNS: readonly Column<Shown>[] = [
  { head: EDITOR.capturedAt, cell: ({ capturedAt }) => <Moment at={capturedAt} as="time" /> },
  { head: EDITOR.state, cell: ({ state }) => <State of={state}>{EDITOR.snapshotStates[state]}</State> },
  { head: EDITOR.effectiveFrom, cell: ({ effectiveFrom }) => <Moment at={effectiveFrom} as="time" /> },
  { head: EDITOR.reacceptance, cell: ({ reacceptance }) => reacceptance && EDITOR.modeShort[reacceptance] },
  { head: EDITOR.why, cell: ({ dismissReason }) => dismissReason },
];

/** What was captured: first what waits for a decision, then all of it. */
export function Snapshots({ policy: { slug, current } }: { policy: Wire<typeof Policy> }) {
  const snapshots = usePages<Shown>(`/policies/${slug}/snapshots`);
  return (
    <Loaded of={snapshots}>
      {(items) => (
        <>
          <Section title={EDITOR.pending}>
            {items.every(({ state }) => state !== 'pending') && <Text c="dimmed">{EDITOR.pendingNone}</Text>}
            {items
              .filter(({ state }) => state === 'pending')
              .map((snapshot) => (
                <Pending key={snapshot.id} slug={slug} snapshot={snapshot} current={current} />
              ))}
          </Section>
          <Section
            title={EDITOR.snapshots}
            action={
              <PageLink to="/policies/$policy/archive" params={{ policy: slug }} size="sm">
                {EDITOR.archive}
              </PageLink>
            }
          >
            <Rows caption={EDITOR.snapshots} columns={COLUMNS} items={items} keyOf={({ id }) => id} minWidth={720} />
          </Section>
        </>
      )}
    </Loaded>
  );
}

/** A changed text is read against the one in force, and then made to bind, or not. */
function Pending({ slug, snapshot, current }: { slug: string; snapshot: Shown; current: Shown | null }) {
  const [deciding, setDeciding] = useState(false);
  const diff = useAnswer<Wire<typeof Comparison>>(current ? `/policies/${slug}/diff?from=${current.id}&to=${snapshot.id}` : null);
  const path = `/policies/${slug}/snapshots/${snapshot.id}`;
  return (
    <Paper withBorder p="md">
      <Stack>
        <Group justify="space-between">
          <Text fw={600}>
            <Moment at={snapshot.capturedAt} as="time" />
          </Text>
          <Group gap="xs">
            <Asking
              label={EDITOR.dismiss}
              meaning={EDITOR.dismissMeaning}
              reason={EDITOR.dismissReason}
              send={(reason) => call('POST', `${path}/dismiss`, { body: { reason } })}
              stale={['/policies']}
            />
            <Button size="xs" onClick={() => setDeciding(!deciding)} aria-expanded={deciding}>
              {EDITOR.makeEffective}
            </Button>
          </Group>
        </Group>
        {deciding && <MakeEffective slug={slug} path={path} />}
        {current ? <Loaded of={diff}>{({ parts }) => <Differences parts={parts} />}</Loaded> : <Text>{EDITOR.nothingBefore}</Text>}
      </Stack>
    </Paper>
  );
}

function MakeEffective({ slug, path }: { slug: string; path: string }) {
  const [binding, setBinding] = useState(AT_ONCE);
  const decide = useCommand(() => call('POST', `${path}/effective`, { body: bindingOf(binding) }), { stale: ['/policies'] });
  return (
    <Form command={decide}>
      <BindingFields binding={binding} onChange={setBinding} />
      {(binding.reacceptance !== 'by-date' || binding.reacceptFrom) && <Foreseen of={`/policies/${slug}`} binding={binding} />}
      <Group>
        <Button type="submit" loading={decide.running}>
          {EDITOR.makeEffective}
        </Button>
      </Group>
    </Form>
  );
}
