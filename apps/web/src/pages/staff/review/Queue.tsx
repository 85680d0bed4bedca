import { Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ReasonTemplate } from '@paddock/contracts';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { PageLink } from '../../../elements/PageLink.js';
import { words } from '../../../words/index.js';
import { REVIEW } from '../../../words/staff/review.js';
import { useAssigning } from './Assign.js';
import { DecideBar } from './DecideBar.js';
import { DecideForm } from './DecideForm.js';
import { awaitsDecision, decideOn } from './deciding.js';
import type { Decision } from './held-commands.js';
import { useHeld } from './holding.js';
import { useKeys } from './keys.js';
import { NOTE_FIELD } from './Notes.js';
import { lineId, nameOf, QueueList, type Listed } from './QueueList.js';
import { RequestPanel } from './RequestPanel.js';

interface Props {
  items: readonly Listed[];
  more: boolean;
  reading: boolean;
  onMore: () => void;
}

/** The list and, where the screen is wide enough, the request beside it. Decisions are about the picked ones, or the current one. */
export function Queue({ items, more, reading, onMore }: Props) {
  const wide = useMediaQuery('(min-width: 75em)', window.innerWidth >= 1200);
  const [at, setAt] = useState<{ id: string; index: number }>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<Decision['command']>();
  const { data: templates } = useAnswer<{ items: Wire<typeof ReasonTemplate>[] }>('/reason-templates');
  const held = new Set(useHeld().flatMap(({ decision }) => decision.requests.map(({ id }) => id)));
  const me = usePerson();
  const navigate = useNavigate();
  // What was decided leaves the list: the one that took its place is the current one then.
  const current = items.find(({ id }) => id === at?.id) ?? items[Math.min(at?.index ?? 0, items.length - 1)];
  const assign = useAssigning(current?.id ?? '');
  const targets = picked.size > 0 ? items.filter(({ id }) => picked.has(id)) : current ? [current] : [];
  const open = targets.filter(({ id }) => !held.has(id));

  const go = (item: Listed | undefined) => {
    if (!item) return;
    setAt({ id: item.id, index: items.indexOf(item) });
    setDeciding(undefined);
    document.getElementById(lineId(item.id))?.focus();
    if (more && !reading && items.indexOf(item) > items.length - 5) onMore();
  };
  const move = (step: number) => {
    const last = items.length - 1;
    go(at ? items[Math.min(Math.max(items.indexOf(current!) + step, 0), last)] : items[step > 0 ? 0 : last]);
  };
  const decide = (command: Decision['command'], reason: string) => {
    if (open.length === 0) return;
    const decided = new Set(open.map(({ id }) => id));
    decideOn([...decided], command, reason, open.length === 1 ? nameOf(open[0]!) : REVIEW.picked(open.length));
    setPicked(new Set());
    setDeciding(undefined);
    const index = current ? items.indexOf(current) : 0;
    const free = ({ id }: Listed) => !decided.has(id) && !held.has(id);
    go(items.slice(index).find(free) ?? items.slice(0, index).findLast(free) ?? current);
  };
  const pick = (id: string) => setPicked(new Set(picked.has(id) ? [...picked].filter((one) => one !== id) : [...picked, id]));
  const choose = (command: Decision['command']) => open.length > 0 && setDeciding(command);

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => current && pick(current.id),
    a: () => decide('approve', ''),
    r: () => choose('reject'),
    e: () => choose('return'),
    m: () => me && current && assign.run(me.email),
    n: () => document.getElementById(NOTE_FIELD)?.focus(),
    o: () => current && void navigate({ to: '/review/$request', params: { request: current.id } }),
    Escape: () => setDeciding(undefined),
  });

  if (items.length === 0) return <Text c="dimmed">{REVIEW.empty}</Text>;
  const decision = (
    <Stack gap="sm">
      <DecideBar onChoose={choose} />
      {deciding && open.length > 0 && (
        <DecideForm
          key={`${deciding}-${open[0]!.id}`}
          command={deciding}
          requests={open.map(({ id }) => id)}
          templates={templates?.items ?? []}
          onDecide={(reason) => decide(deciding, reason)}
          onCancel={() => go(current)}
        />
      )}
    </Stack>
  );
  return (
    <Box
      style={{
        display: 'grid',
        gridTemplateColumns: wide ? 'minmax(20rem, 26rem) minmax(0, 1fr)' : 'minmax(0, 1fr)',
        gap: '1.5rem',
        alignItems: 'start',
      }}
    >
      <Stack gap="sm">
        {picked.size > 0 && (
          <Paper withBorder p="xs">
            <Group gap="xs" justify="space-between">
              <Text size="sm" role="status">
                {REVIEW.picked(picked.size)}
              </Text>
              <Button size="compact-xs" variant="subtle" onClick={() => setPicked(new Set())}>
                {REVIEW.unpick}
              </Button>
            </Group>
          </Paper>
        )}
        {(picked.size > 0 || (!wide && deciding)) && decision}
        <QueueList
          items={items}
          current={current?.id}
          picked={picked}
          held={held}
          onPick={pick}
          onChoose={wide ? (id) => go(items.find((item) => item.id === id)) : undefined}
        />
        <Group gap="xs">
          <Button size="xs" variant="subtle" onClick={() => setPicked(new Set(items.map(({ id }) => id)))}>
            {REVIEW.pickAll}
          </Button>
          {more && (
            <Button size="xs" variant="default" loading={reading} onClick={onMore}>
              {words.frame.more}
            </Button>
          )}
        </Group>
      </Stack>
      {wide && current && (
        <Paper
          withBorder
          p="md"
          component="section"
          aria-label={nameOf(current)}
          pos="sticky"
          top={72}
          mah="calc(100vh - 96px)"
          style={{ overflowY: 'auto' }}
          tabIndex={0}
        >
          <Stack gap="md">
            <Group justify="space-between" align="start">
              <Text component="h2" fw={600}>
                {nameOf(current)}
              </Text>
              <PageLink to="/review/$request" params={{ request: current.id }} size="sm">
                {REVIEW.open}
              </PageLink>
            </Group>
            {picked.size === 0 && awaitsDecision(current.state) && decision}
            <RequestPanel request={current.id} />
          </Stack>
        </Paper>
      )}
    </Box>
  );
}
