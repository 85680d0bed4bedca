import { Text } from '@mantine/core';
import type { Consequences, DraftComparison } from '@paddock/contracts';
import { useQuery } from '@tanstack/react-query';
import { call, type Refused } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';
import { Differences } from '../../../elements/legal/Differences.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { bindingOf, type Binding } from './binding.js';

/** What a POST that writes nothing answers. */
function useForeseen<Answer>(path: string, body: unknown) {
  return useQuery<Answer, Refused>({
    queryKey: [path, 'foreseen', body],
    queryFn: ({ signal }) => call<Answer>('POST', path, { body, signal }),
  });
}

/** Whom a newer text concerns and what it asks of them, before it is published. `of` is the license or policy, below /api/v1. */
export function Foreseen({ of, binding }: { of: string; binding: Binding }) {
  return (
    <Section title={EDITOR.consequences}>
      <Loaded of={useForeseen<Wire<typeof Consequences>>(`${of}/consequences`, bindingOf(binding))}>
        {({ licensees, mustAcceptAgain, reacceptFrom, models }) => (
          <>
            <Text fw={600} size="lg">
              {licensees === 0 && EDITOR.nobody}
              {licensees > 0 && mustAcceptAgain === 0 && EDITOR.concerns(licensees)}
              {mustAcceptAgain > 0 && EDITOR.mustAccept(mustAcceptAgain)}
              {mustAcceptAgain > 0 && reacceptFrom && (
                <>
                  {' '}
                  {EDITOR.by} <Moment at={reacceptFrom} as="time" />
                </>
              )}
            </Text>
            {mustAcceptAgain > 0 && <Text size="sm">{EDITOR.untilThen}</Text>}
            {models.length > 0 && (
              <Rows
                caption={EDITOR.byModel}
                columns={[
                  { head: EDITOR.model, cell: ({ model }) => model },
                  { head: EDITOR.grants, cell: ({ grants }) => grants, numeric: true },
                  { head: EDITOR.licensees, cell: (row) => row.licensees, numeric: true },
                ]}
                items={models}
                keyOf={({ model }) => model}
                minWidth={320}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** What a text that is being written changes in the one in force. */
export function DraftChanges({ of, text }: { of: string; text: string }) {
  return (
    <Section title={EDITOR.changes}>
      <Loaded of={useForeseen<Wire<typeof DraftComparison>>(`${of}/diff`, { text })}>
        {({ parts }) => {
          if (parts.every(({ op }) => op === 'equal')) return <Text>{EDITOR.sameText}</Text>;
          return (
            <>
              {parts.every(({ op }) => op === 'insert') && <Text>{EDITOR.nothingBefore}</Text>}
              <Differences parts={parts} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
