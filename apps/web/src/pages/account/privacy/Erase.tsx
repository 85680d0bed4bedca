import { Alert, Button, Checkbox, Group, List, NativeSelect, PasswordInput, Stack, Text } from '@mantine/core';
import type { ErasureStanding, FreshProof } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { ErrorSummary, type Fault } from '../../../elements/ErrorSummary.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Told } from '../../../elements/Told.js';
import { OWN } from '../../../words/own.js';

const { privacy: said } = OWN;
type Standing = Wire<typeof ErasureStanding>;
type Method = FreshProof['method'];
const SECRET = 'erase-secret';
const SURE = 'erase-sure';

export function Erase({ standing }: { standing: Standing }) {
  const [method, setMethod] = useState<Method>('password');
  const [secret, setSecret] = useState('');
  const [sure, setSure] = useState(false);
  const [faults, setFaults] = useState<Fault[]>([]);
  const erase = useCommand(() => call<Standing>('POST', '/me/erase', { body: { proof: proofOf(method, secret) } }), { stale: [] });
  if (erase.answer) return <Done standing={erase.answer} />;
  if (standing.state !== 'none') return <Alert color="yellow" title={said.under} />;
  const go = () => {
    const missing = [
      ...(method !== 'sign-in' && !secret ? [{ control: SECRET, label: said.secret, why: said.secretMissing }] : []),
      ...(sure ? [] : [{ control: SURE, label: said.sure, why: said.sureMissing }]),
    ];
    setFaults(missing);
    if (missing.length === 0) erase.run();
  };
  return (
    <Stack gap="sm" maw="65ch">
      <Preview standing={standing} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Stack gap="sm" maw="26rem">
          <ErrorSummary faults={faults} />
          {erase.refused && <Refusal problem={erase.refused} />}
          <NativeSelect
            label={said.prove}
            value={method}
            data={(Object.keys(said.methods) as Method[]).map((value) => ({ value, label: said.methods[value] }))}
            onChange={({ currentTarget }) => setMethod(currentTarget.value as Method)}
          />
          {method !== 'sign-in' && (
            <PasswordInput
              id={SECRET}
              label={said.secret}
              autoComplete="off"
              maxLength={200}
              value={secret}
              onChange={({ currentTarget }) => setSecret(currentTarget.value)}
            />
          )}
          <Checkbox id={SURE} label={said.sure} checked={sure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />
          <Group>
            <Button type="submit" color="red" loading={erase.running} disabled={standing.obstacles.length > 0}>
              {said.go}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function proofOf(method: Method, secret: string): FreshProof {
  switch (method) {
    case 'password':
      return { method, password: secret };
    case 'sign-in':
      return { method };
    default:
      return { method, code: secret };
  }
}

function Preview({ standing: { ends, obstacles, kept } }: { standing: Standing }) {
  return (
    <>
      {obstacles.length > 0 && (
        <Alert color="yellow" title={said.obstacles}>
          {obstacles.map(({ detail }) => (
            <Text key={detail} size="sm">
              {detail}
            </Text>
          ))}
        </Alert>
      )}
      <Text size="sm">{said.ends}</Text>
      <List size="sm">
        {ends
          .filter(({ count }) => count > 0)
          .map(({ part, count, meaning }) => (
            <List.Item key={part}>{said.count(meaning, count)}</List.Item>
          ))}
      </List>
      <Kept kept={kept} />
    </>
  );
}

function Kept({ kept }: { kept: Standing['kept'] }) {
  if (kept.length === 0) return <Text size="sm">{said.nothingKept}</Text>;
  return (
    <>
      <Text size="sm">{said.kept}</Text>
      <List size="sm">
        {kept.map(({ acceptance, model, publisher, why, until }) => (
          <List.Item key={acceptance}>{said.keptOf(model, publisher, said.keptWhy[why](until && until.slice(0, 10)))}</List.Item>
        ))}
      </List>
    </>
  );
}

function Done({ standing: { state, kept } }: { standing: Standing }) {
  return (
    <Told title={state === 'ended' ? said.ended : said.erased}>
      {state === 'ended' && <Text size="sm">{said.endedWay}</Text>}
      <Kept kept={kept} />
    </Told>
  );
}
