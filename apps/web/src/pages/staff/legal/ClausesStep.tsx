import { Box, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { CLAUSE_KINDS, type ClauseKind } from '@paddock/domain';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Section } from '../../../elements/Section.js';
import { ClauseParameters } from './ClauseParameters.js';
import { rangeOf, standsOnce, type Draft, type DraftClause } from './draft.js';

const LegalText = lazy(() => import('../../../elements/legal/LegalText.js').then(({ LegalText: component }) => ({ default: component })));
const KINDS = Object.entries(CLAUSE_KINDS).map(([value, { meaning }]) => ({ value, label: `${value}: ${meaning}` }));

interface Props {
  draft: Draft;
  onChange: (clauses: DraftClause[]) => void;
}

/** Marks clauses in the text: its words are selected, by mouse or keyboard, and said to be a clause of a kind. */
export function ClausesStep({ draft: { text, clauses, policies }, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [kind, setKind] = useState<string>(KINDS[0]!.value);
  const [fault, setFault] = useState<string>();
  const mark = () => {
    const { selectionStart, selectionEnd } = area.current!;
    const quote = text.slice(selectionStart, selectionEnd).trim();
    if (quote === '') return setFault(EDITOR.nothingSelected);
    if (!standsOnce(text, quote)) return setFault(EDITOR.notOnce);
    setFault(undefined);
    onChange([...clauses, { kind, parameters: {}, quote }]);
  };
  const set = (index: number, change: Partial<DraftClause>) =>
    onChange(clauses.map((clause, n) => (n === index ? { ...clause, ...change } : clause)));
  return (
    <Stack>
      <Text size="sm" maw="70ch">
        {EDITOR.clausesLead}
      </Text>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Stack gap="xs">
          <Textarea
            ref={area}
            label={EDITOR.select}
            value={text}
            readOnly
            rows={20}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }}
            error={fault}
          />
          <Group align="end" gap="xs">
            <NativeSelect
              size="xs"
              flex={1}
              label={EDITOR.clauseKind}
              value={kind}
              data={KINDS}
              onChange={({ currentTarget }) => setKind(currentTarget.value)}
            />
            <Button size="xs" onClick={mark}>
              {EDITOR.addClause}
            </Button>
          </Group>
        </Stack>
        <Stack gap="sm">
          {clauses.length === 0 && <Text c="dimmed">{EDITOR.noClauses}</Text>}
          {clauses.map((clause, index) => (
            <Paper
              key={`${index}-${clause.quote}`}
              withBorder
              p="sm"
              component="section"
              aria-label={EDITOR.clause(index + 1, clause.kind)}
            >
              <Group justify="space-between" mb={4}>
                <Text size="sm" fw={600} component="h3">
                  {EDITOR.clause(index + 1, clause.kind)}
                </Text>
                <Button size="compact-xs" variant="default" onClick={() => onChange(clauses.filter((_, n) => n !== index))}>
                  {EDITOR.removeClause}
                </Button>
              </Group>
              <Text size="sm" c="dimmed">
                {CLAUSE_KINDS[clause.kind as ClauseKind].meaning}
              </Text>
              <Text size="sm" my="xs" className="legal" style={{ fontSize: '0.9rem' }}>
                <mark>{clause.quote}</mark>
              </Text>
              {!standsOnce(text, clause.quote) && (
                <Text size="sm" c="red.8" role="alert">
                  {EDITOR.lostWords}
                </Text>
              )}
              <ClauseParameters clause={clause} policies={policies} onChange={(parameters) => set(index, { parameters })} />
            </Paper>
          ))}
        </Stack>
      </SimpleGrid>
      <Section title={EDITOR.preview}>
        <Preview text={text} clauses={clauses} />
      </Section>
    </Stack>
  );
}

function Preview({ text, clauses }: { text: string; clauses: readonly DraftClause[] }) {
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  const ranges = useMemo(() => clauses.flatMap(({ quote }) => rangeOf(text, quote) ?? []), [text, clauses]);
  return (
    <Box mah={520} style={{ overflowY: 'auto' }} tabIndex={0} role="group" aria-label={EDITOR.preview}>
      <Suspense>
        <LegalText bytes={bytes} clauses={ranges} />
      </Suspense>
    </Box>
  );
}
