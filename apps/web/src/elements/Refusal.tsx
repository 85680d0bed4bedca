import { Alert, Button, Group, List, Text } from '@mantine/core';
import type { Problem } from '@paddock/contracts';
import { useRef, useEffect } from 'react';
import { words } from '../words/index.js';

/** A refusal with its reason, and its remedy as a button. Takes the focus, so that a screen reader says it. */
export function Refusal({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [problem]);
  const faults = faultsOf(problem);
  const unmet = unmetOf(problem);
  const transient = problem.status >= 500;
  return (
    <Alert ref={place} tabIndex={-1} color={transient ? 'yellow' : 'red'} variant="light" title={problem.title} role="alert">
      {faults.length === 0 && <Text size="sm">{problem.detail}</Text>}
      {faults.length > 0 && (
        <List size="sm">
          {faults.map((fault) => (
            <List.Item key={fault}>{fault}</List.Item>
          ))}
        </List>
      )}
      <Group mt="sm" gap="sm">
        {transient && onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {words.frame.retry}
          </Button>
        )}
        {unmet.map(({ remedy, link }) => (
          <Button key={link + remedy} size="xs" component="a" href={link} styles={WRAPPED}>
            {remedy}
          </Button>
        ))}
        {unmet.length === 0 && problem.remedyUrl && (
          <Button size="xs" component="a" href={wayTo(problem.code, problem.remedyUrl)} styles={WRAPPED}>
            {problem.remedy}
          </Button>
        )}
        {unmet.length === 0 && !problem.remedyUrl && <Text size="sm">{problem.remedy}</Text>}
      </Group>
      {transient && problem.requestId && (
        <Text size="xs" mt="xs" c="dimmed">
          {words.frame.requestId(problem.requestId)}
        </Text>
      )}
    </Alert>
  );
}

/** A remedy may take more than a line. */
const WRAPPED = { root: { height: 'auto', paddingBlock: 6 }, label: { whiteSpace: 'normal' as const } };

/** What a model asks for and is missing: each has a way of its own. */
function unmetOf({ prerequisites }: Problem): { remedy: string; link: string }[] {
  return Array.isArray(prerequisites) ? (prerequisites as { remedy: string; link: string }[]) : [];
}

/** Members that name what is wrong one by one. */
function faultsOf({ faults }: Problem): string[] {
  if (!Array.isArray(faults)) return [];
  return faults.map((fault: string | { field: string; why: string }) =>
    typeof fault === 'string' ? fault : `${fault.field}: ${fault.why}`,
  );
}

/** Whoever signs in first comes back to where they were. */
function wayTo(code: string, url: string): string {
  if (code !== 'unauthenticated' && code !== 'sign-in-again') return url;
  return `${url}?returnTo=${encodeURIComponent(location.pathname + location.search)}`;
}
