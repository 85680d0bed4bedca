import { Anchor, Blockquote, Stack, Text, Title } from '@mantine/core';
import type { ShownClause } from '@paddock/contracts';
import { CLAUSE_KINDS, type ClauseKind } from '@paddock/domain';
import type { Wire } from '../../api/wire.js';
import { words } from '../../words/index.js';

/** What of a license is judged, beside the words it comes from; each leads to its place in the text. */
export function ClauseSummary({ clauses, bytes }: { clauses: readonly Wire<typeof ShownClause>[]; bytes: Uint8Array }) {
  const decoder = new TextDecoder();
  return (
    <Stack component="aside" gap="sm" aria-label={words.legal.inShort}>
      <div>
        <Title order={2} size="h4">
          {words.legal.inShort}
        </Title>
        <Text size="sm" c="dimmed">
          {words.legal.inShortNote}
        </Text>
      </div>
      {clauses.map(({ kind, parameters, start, end }, index) => (
        <div key={`${kind}-${start}`}>
          <Anchor href={`#clause-${index + 1}`} size="sm" fw={600}>
            {CLAUSE_KINDS[kind as ClauseKind].meaning}
          </Anchor>
          {Object.entries(parameters).map(([name, value]) => (
            <Text key={name} size="sm">
              {value === true ? spaced(name) : `${spaced(name)}: ${[value].flat().map(shown).join(', ')}`}
            </Text>
          ))}
          <Blockquote p="xs" mt={4} fz="sm">
            {decoder.decode(bytes.subarray(start, end))}
          </Blockquote>
        </div>
      ))}
    </Stack>
  );
}

/** `referenceDate` as "reference date". */
const spaced = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const shown = (value: unknown) => (typeof value === 'number' ? value.toLocaleString() : String(value));
