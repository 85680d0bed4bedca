import { Button, Group, Paper, Stack } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useDocument } from '../../../api/documents.js';
import { useCommand } from '../../../api/hooks.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Refusal } from '../../../elements/Refusal.js';
import { useKept } from '../../../elements/useKept.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Told } from '../../../elements/Told.js';
import { Section } from '../../../elements/Section.js';
import { AT_ONCE, bindingOf, type Binding } from './binding.js';
import { BindingFields } from './BindingFields.js';
import { DraftChanges, Foreseen } from './Foreseen.js';
import { TextStep } from './TextStep.js';

interface Written {
  text: string;
  binding: Binding;
}

/** The next text of a policy that is kept here: written, checked with what follows, published. */
export function NextText({ slug, current }: { slug: string; current: string | null }) {
  const [written, keep] = useKept<Written>(`policy:${slug}`);
  const [step, setStep] = useState<'closed' | 'write' | 'check'>('closed');
  const before = useDocument(step === 'closed' ? null : current);
  const given = written ?? (current && !before.data ? undefined : { text: new TextDecoder().decode(before.data), binding: AT_ONCE });
  const of = `/policies/${slug}`;
  const publish = useCommand(() => call('POST', `${of}/texts`, { body: { text: given!.text, ...bindingOf(given!.binding) } }), {
    stale: ['/policies'],
    onDone: () => {
      keep(null);
      setStep('closed');
    },
  });
  if (step === 'closed')
    return (
      <Stack>
        {publish.answer !== undefined && <Told title={EDITOR.textPublished} />}
        <Group>
          <Button size="xs" onClick={() => setStep('write')}>
            {EDITOR.publishText}
          </Button>
        </Group>
      </Stack>
    );
  return (
    <Section title={EDITOR.publishText}>
      <Paper withBorder p="md">
        <Loaded of={{ ...before, data: given }}>
          {(shown) => (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (step === 'write') setStep('check');
                else publish.run();
              }}
            >
              <Stack>
                {publish.refused && <Refusal problem={publish.refused} />}
                {step === 'write' ? (
                  <>
                    <TextStep text={shown.text} label={EDITOR.policyText} onChange={(text) => keep({ ...shown, text })} />
                    <BindingFields binding={shown.binding} onChange={(binding) => keep({ ...shown, binding })} />
                  </>
                ) : (
                  <>
                    <Foreseen of={of} binding={shown.binding} />
                    <DraftChanges of={of} text={shown.text} />
                  </>
                )}
                <Group>
                  <Button type="submit" loading={publish.running}>
                    {step === 'write' ? EDITOR.next : EDITOR.publishTextSend}
                  </Button>
                  <Button variant="default" onClick={() => setStep(step === 'write' ? 'closed' : 'write')}>
                    {step === 'write' ? PARTS.cancel : EDITOR.before}
                  </Button>
                </Group>
              </Stack>
            </form>
          )}
        </Loaded>
      </Paper>
    </Section>
  );
}
