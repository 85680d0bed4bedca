import { Box, Checkbox, Group, Text } from '@mantine/core';
import type { AccessRequestListed } from '@paddock/contracts';
import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { Wire } from '../../../api/wire.js';
import { distance } from '../../../elements/Moment.js';
import { State } from '../../../elements/State.js';
import { PARTS } from '../../../words/staff/parts.js';
import { REVIEW } from '../../../words/staff/review.js';
import classes from './queue.module.css';

export type Listed = Wire<typeof AccessRequestListed>;
export const lineId = (request: string) => `request-${request}`;
export const nameOf = ({ applicant, model }: Listed): string => REVIEW.line(applicant ?? PARTS.erased, model);

interface Props {
  items: readonly Listed[];
  current: string | undefined;
  picked: ReadonlySet<string>;
  held: ReadonlySet<string>;
  onPick: (request: string) => void;
  /** Of a plain click; undefined where the page itself is opened. */
  onChoose: ((request: string) => void) | undefined;
}

/** The queue, one line a request: a link each, so that it opens as a page too. */
export function QueueList({ items, current, picked, held, onPick, onChoose }: Props) {
  const choose = (event: MouseEvent, request: string) => {
    if (!onChoose || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(request);
  };
  return (
    <Box component="ul" m={0} p={0} aria-label={REVIEW.list} className={classes.list}>
      {items.map((item) => (
        <Box component="li" key={item.id} className={classes.line} data-current={item.id === current} data-held={held.has(item.id)}>
          <Checkbox
            size="xs"
            checked={picked.has(item.id)}
            onChange={() => onPick(item.id)}
            aria-label={REVIEW.pick(item.applicant ?? PARTS.erased, item.model)}
          />
          <Link
            id={lineId(item.id)}
            to="/review/$request"
            params={{ request: item.id }}
            preload={false}
            className={classes.link!}
            aria-current={item.id === current ? 'true' : undefined}
            onClick={(event) => choose(event, item.id)}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm" fw={600} truncate>
                {item.applicant ?? PARTS.erased}
              </Text>
              <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                {item.submittedAt && distance(item.submittedAt, Date.now())}
              </Text>
            </Group>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="xs" c="dimmed" truncate>
                {item.licensee !== item.applicant && item.licensee ? `${item.licensee} · ` : ''}
                {item.model}
                {item.kind !== 'access' && ` · ${REVIEW.kinds[item.kind] ?? item.kind}`}
                {item.assignedTo && ` · ${item.assignedTo}`}
              </Text>
              {held.has(item.id) ? <Text size="xs">{REVIEW.held.waits}</Text> : <State of={item.state}>{REVIEW.states[item.state]!}</State>}
            </Group>
          </Link>
        </Box>
      ))}
    </Box>
  );
}
