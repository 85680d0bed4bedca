import { Button, Stack, Text } from '@mantine/core';
import type { NoTerms, PutTerms, Terms as TermsWire } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Refusal } from '../../../elements/Refusal.js';
import { useKept } from '../../../elements/useKept.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Told } from '../../../elements/Told.js';
import { Section } from '../../../elements/Section.js';
import { TermsFacts } from './TermsFacts.js';
import { TermsForm } from './TermsForm.js';

type Standing = Wire<typeof TermsWire> | Wire<typeof NoTerms>;

/** The terms in force; others are filled in, checked and put in force. What was put outlives the form: that one begins anew with them. */
export function Terms({ model }: { model: string }) {
  const terms = useAnswer<Standing>(`/models/${model}/terms`);
  const [put, setPut] = useState<number>();
  return (
    <Section title={PUBLISHING.terms} lead={PUBLISHING.termsLead}>
      {put !== undefined && <Told title={PUBLISHING.termsHold(put)} />}
      <Loaded of={terms}>{(standing) => <Shown key={standing.n ?? 0} model={model} standing={standing} onPut={setPut} />}</Loaded>
    </Section>
  );
}

function Shown({ model, standing, onPut }: { model: string; standing: Standing; onPut: (n: number) => void }) {
  const [kept, keep] = useKept<PutTerms>(`terms:${model}:${standing.n}`);
  const given = kept ?? (standing.n === null ? NEW : asPut(standing));
  const [step, setStep] = useState<'shown' | 'form' | 'check'>(standing.n === null || kept ? 'form' : 'shown');
  const put = useCommand(() => call<{ n: number }>('POST', `/models/${model}/terms`, { body: given }), {
    stale: ['/models', '/licenses'],
    onDone: ({ n }) => {
      onPut(n);
      keep(null);
      setStep('shown');
    },
  });
  return (
    <Stack>
      {put.refused && <Refusal problem={put.refused} />}
      <Text>{standing.n === null ? PUBLISHING.termsNone : PUBLISHING.termsNow(standing.n)}</Text>
      {standing.n !== null && step === 'shown' && (
        <>
          <TermsFacts terms={standing} />
          <div>
            <Button variant="default" size="xs" onClick={() => setStep('form')}>
              {PUBLISHING.goBack}
            </Button>
          </div>
        </>
      )}
      {step === 'form' && <TermsForm model={model} terms={given} onChange={keep} onNext={() => setStep('check')} />}
      {step === 'check' && (
        <TermsFacts terms={given} check={{ putting: put.running, onPut: () => put.run(), onBack: () => setStep('form') }} />
      )}
    </Stack>
  );
}

const NEW: PutTerms = { admission: 'application', license: '', approvals: 1, grantDays: 365, form: null, prerequisites: [] };

function asPut({ admission, license, approvals, grantDays, form, prerequisites }: Wire<typeof TermsWire>): PutTerms {
  return { admission, license, approvals, grantDays, form, prerequisites };
}
