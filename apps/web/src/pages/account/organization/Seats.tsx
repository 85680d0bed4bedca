import { TextInput } from '@mantine/core';
import type { SeatCreated } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Moment } from '../../../elements/Moment.js';
import { Rows } from '../../../elements/Rows.js';
import { Refusal } from '../../../elements/Refusal.js';
import { Section } from '../../../elements/Section.js';
import { State } from '../../../elements/State.js';
import { SureButton } from '../../../elements/SureButton.js';
import { Told } from '../../../elements/Told.js';
import { words } from '../../../words/index.js';
import { OWN } from '../../../words/own.js';
import { EntryForm } from '../entry/EntryForm.js';
import type { Shown } from './OrganizationPage.js';

const { organizations: said } = OWN;

export function Seats({ organization }: { organization: Shown }) {
  const path = `/organizations/${organization.id}/seats`;
  const officer = organization.role === 'officer';
  const end = useCommand((seat: string) => call('POST', `${path}/${seat}/end`), { stale: ['/organizations'] });
  return (
    <Section title={said.seats} lead={said.seatsLead}>
      {end.refused && <Refusal problem={end.refused} />}
      <Rows
        caption={said.seats}
        columns={[
          { head: said.seat, cell: ({ name }) => name },
          { head: said.scopes, cell: ({ scopes }) => scopes.join(', ') },
          { head: said.state, cell: ({ state }) => <State of={state}>{said.states[state]}</State> },
          { head: said.ends, cell: ({ expiresAt }) => (expiresAt ? <Moment at={expiresAt} /> : said.noEnd) },
          { head: said.lastUsed, cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} as="time" /> : said.never) },
          { head: said.custodian, cell: ({ custodian }) => organization.members.find(({ id }) => id === custodian)?.name },
          {
            head: words.frame.actions,
            silent: true,
            cell: ({ id, name, state }) =>
              officer &&
              state !== 'ended' && (
                <SureButton ask={said.endSeatAsk(name)} of={name} onSure={() => end.run(id)}>
                  {said.endSeat}
                </SureButton>
              ),
          },
        ]}
        items={organization.seats}
        keyOf={({ id }) => id}
        empty={said.noSeats}
        minWidth={760}
      />
      {officer && <OpenSeat path={path} />}
    </Section>
  );
}

function OpenSeat({ path }: { path: string }) {
  const open = useCommand(
    ({ name, expires }: Record<string, string>) =>
      call<Wire<typeof SeatCreated>>('POST', path, {
        body: { name, scopes: ['read', 'download'], ...(expires && { expiresAt: new Date(expires).toISOString() }) },
      }),
    { stale: ['/organizations'] },
  );
  return (
    <>
      {open.answer && (
        <Told title={said.seatOpened}>
          <Copyable text={open.answer.token} label={open.answer.name} />
        </Told>
      )}
      <EntryForm key={open.answer?.id} button={said.openSeat} running={open.running} refused={open.refused} onSend={open.run}>
        <TextInput name="name" label={said.seatName} description={said.seatNameHelp} required withAsterisk={false} maxLength={100} />
        <TextInput name="expires" type="date" label={said.seatEnds} />
      </EntryForm>
    </>
  );
}
