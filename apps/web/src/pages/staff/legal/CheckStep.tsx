import { List, Stack, Text } from '@mantine/core';
import { Moment } from '../../../elements/Moment.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Facts } from '../../../elements/Facts.js';
import type { Draft } from './draft.js';
import { DraftChanges, Foreseen } from './Foreseen.js';

/** The whole version once more, with what it changes and what follows, before it is published for ever. */
export function CheckStep({ draft, license }: { draft: Draft; license: string }) {
  const of = `/licenses/${license}`;
  return (
    <Stack gap="lg">
      <Text>{EDITOR.checkLead}</Text>
      <Facts
        of={[
          [EDITOR.assent, EDITOR.assents[draft.assent]],
          [EDITOR.coverage, EDITOR.coverages[draft.coverage]],
          [EDITOR.surface, EDITOR.surfaces[draft.surface]],
          [EDITOR.channels, draft.channels.join(', ')],
          [EDITOR.policiesIn, draft.policies.join(', ') || PARTS.none],
          [
            EDITOR.attestations,
            draft.attestations.length === 0 ? (
              PARTS.none
            ) : (
              <List size="sm">
                {draft.attestations.map(({ id, text }) => (
                  <List.Item key={id}>{text}</List.Item>
                ))}
              </List>
            ),
          ],
          [EDITOR.steps.clauses, draft.clauses.map(({ kind }) => kind).join(', ') || PARTS.none],
          [EDITOR.effectiveFrom, draft.effectiveFrom ? <Moment at={draft.effectiveFrom} as="time" /> : EDITOR.now],
          [EDITOR.reacceptance, EDITOR.modes[draft.reacceptance]],
        ]}
      />
      <Foreseen of={of} binding={draft} />
      <DraftChanges of={of} text={draft.text} />
    </Stack>
  );
}
