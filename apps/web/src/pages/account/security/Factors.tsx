import { Alert, Button, Group, Text } from '@mantine/core';
import type { FactorAdded, RecoveryCodesMade, Security } from '@paddock/contracts';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { SureButton } from '../../../elements/SureButton.js';
import { Told } from '../../../elements/Told.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';
import { passkeysWork } from '../entry/passkeys.js';
import { AddPasskey } from './AddPasskey.js';
import { AddTotp } from './AddTotp.js';
import { STALE } from './stale.js';

const { security: said } = OWN;

/** Second factors and recovery codes: codes are shown when they are made, and never again. */
export function Factors({ security }: { security: Wire<typeof Security> }) {
  const { factors, recoveryCodesLeft, rolesWithheld, staffSecondFactor } = security;
  const [adding, setAdding] = useState<'totp' | 'passkey'>();
  const [added, setAdded] = useState<Wire<typeof FactorAdded>>();
  const remove = useCommand((id: string) => call('DELETE', `/me/second-factors/${id}`), STALE);
  const renew = useCommand(() => call<Wire<typeof RecoveryCodesMade>>('POST', '/me/recovery-codes'), STALE);
  const refused = remove.refused ?? renew.refused;
  const codes = renew.answer?.recoveryCodes ?? added?.recoveryCodes;
  const done = (answer: Wire<typeof FactorAdded>) => {
    setAdded(answer);
    setAdding(undefined);
  };
  return (
    <Section title={said.factors} lead={`${said.factorsLead} ${said.staff[staffSecondFactor]}`}>
      {rolesWithheld && (
        <Alert color="yellow" title={said.withheld}>
          {said.withheldLead}
        </Alert>
      )}
      {refused && <Refusal problem={refused} />}
      {added && !codes && <Told title={said.added} />}
      {codes && (
        <Told title={said.codes}>
          <Text size="sm">{said.codesLead}</Text>
          <Copyable block text={codes.join('\n')} label={said.codes} />
        </Told>
      )}
      <Rows
        caption={said.factors}
        columns={[
          { head: said.factor, cell: ({ kind, name }) => (kind === 'passkey' ? `${said.kinds.passkey}: ${name}` : said.kinds.totp) },
          { head: said.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { head: said.lastUsed, cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} as="time" /> : said.never) },
          {
            head: words.frame.actions,
            silent: true,
            cell: ({ id, name }) => (
              <SureButton ask={said.removeAsk(name)} of={name} onSure={() => remove.run(id)}>
                {said.remove}
              </SureButton>
            ),
          },
        ]}
        items={factors}
        keyOf={({ id }) => id}
        empty={said.noFactors}
      />
      {factors.length > 0 && (
        <Group gap="md">
          <Text size="sm">{said.codesLeft(recoveryCodesLeft)}</Text>
          <SureButton ask={said.newCodesAsk} running={renew.running} onSure={() => renew.run()}>
            {said.newCodes}
          </SureButton>
        </Group>
      )}
      {adding === 'totp' && <AddTotp onDone={done} />}
      {adding === 'passkey' && <AddPasskey onDone={done} />}
      {!adding && (
        <Group gap="sm">
          {!factors.some(({ kind }) => kind === 'totp') && (
            <Button variant="default" onClick={() => setAdding('totp')}>
              {said.addApp}
            </Button>
          )}
          {passkeysWork ? (
            <Button variant="default" onClick={() => setAdding('passkey')}>
              {said.addPasskey}
            </Button>
          ) : (
            <Text size="sm" c="dimmed">
              {said.noPasskeys}
            </Text>
          )}
        </Group>
      )}
    </Section>
  );
}
