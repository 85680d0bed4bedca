import { Button, Group, Stack, Stepper } from '@mantine/core';
import type { License } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Refusal } from '../../../elements/Refusal.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Asking } from '../parts/Asking.js';
import { useFilters } from '../parts/filters.js';
import { CheckStep } from './CheckStep.js';
import { ClausesStep } from './ClausesStep.js';
import { standsOnce, versionOf, type Draft } from './draft.js';
import { EffectStep } from './EffectStep.js';
import { TextStep } from './TextStep.js';

const STEPS = ['text', 'clauses', 'effect', 'check'] as const;

interface Props {
  license: Wire<typeof License>;
  draft: Draft;
  onChange: (draft: Draft) => void;
  onEnd: (published?: Wire<typeof License>) => void;
}

/** A new version, one thing at a time; the step stands in the address, so that "back" goes a step back. */
export function VersionEditor({ license, draft, onChange, onEnd }: Props) {
  const [{ step = 'text' }, go] = useFilters(true);
  const at = Math.max(0, STEPS.indexOf(step as (typeof STEPS)[number]));
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const publish = useCommand(() => call<Wire<typeof License>>('POST', `/licenses/${license.slug}/versions`, { body: versionOf(draft) }), {
    stale: ['/licenses', '/models'],
    onDone: onEnd,
  });
  const lost = draft.clauses.some(({ quote }) => !standsOnce(draft.text, quote));
  const last = at === STEPS.length - 1;
  return (
    <Stack gap="lg">
      <Stepper active={at} size="xs" onStepClick={(index) => go({ step: STEPS[index] })} allowNextStepsSelect={draft.text !== ''}>
        {STEPS.map((name) => (
          <Stepper.Step key={name} label={EDITOR.steps[name]} />
        ))}
      </Stepper>
      {publish.refused && <Refusal problem={publish.refused} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (last) publish.run();
          else go({ step: STEPS[at + 1] });
        }}
      >
        <Stack gap="lg">
          {at === 0 && <TextStep text={draft.text} label={EDITOR.text} help={EDITOR.textHelp} onChange={(text) => set({ text })} />}
          {at === 1 && <ClausesStep draft={draft} onChange={(clauses) => set({ clauses })} />}
          {at === 2 && <EffectStep draft={draft} onChange={set} />}
          {last && <CheckStep draft={draft} license={license.slug} />}
          <Group justify="space-between">
            <Group>
              {at > 0 && (
                <Button variant="default" onClick={() => go({ step: STEPS[at - 1] })}>
                  {EDITOR.before}
                </Button>
              )}
              <Button type="submit" loading={publish.running} disabled={last && lost}>
                {last ? EDITOR.publish : EDITOR.next}
              </Button>
            </Group>
            <Asking
              label={EDITOR.discard}
              meaning={EDITOR.discardMeaning}
              send={() => Promise.resolve()}
              stale={[]}
              onDone={() => onEnd()}
            />
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
