import { Anchor, Button, Group, Text } from '@mantine/core';
import type { Dossier } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { call } from '../../../api/client.js';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { nameOfCountry } from '../../../elements/countries.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { DESK } from '../../../words/staff/desk.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Asking } from '../parts/Asking.js';
import { Facts } from '../../../elements/Facts.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';

const { licensee: said } = DESK;
type Shown = Wire<typeof Dossier>;

export function LicenseePage() {
  const { licensee } = useParams({ from: '/licensees/$licensee' });
  const path = `/licensees/${licensee}`;
  return (
    <Loaded page of={useAnswer<Shown>(path)}>
      {(dossier) => <OneLicensee dossier={dossier} path={path} />}
    </Loaded>
  );
}

function OneLicensee({ dossier, path }: { dossier: Shown; path: string }) {
  const { id, kind, name, country, complete, links } = dossier;
  return (
    <Page
      title={name ?? said.erased}
      lead={said.lead}
      action={
        <Button component="a" href={`/api/v1${path}/dossier.zip`} size="xs" variant="default">
          {said.download}
        </Button>
      }
    >
      {!complete && <Text>{said.partly}</Text>}
      <Facts
        of={[
          [said.kind, said.kinds[kind]],
          [said.country, country ? nameOfCountry(country) : PARTS.none],
          [said.links, links.toLocaleString()],
          [said.id, <Copyable text={id} label={said.id} />],
        ]}
      />
      <Section title={said.grants}>
        <Rows caption={said.grants} columns={grantColumns(path)} items={dossier.grants} keyOf={(grant) => grant.id} minWidth={860} />
      </Section>
      <Section title={said.acceptances}>
        <Rows
          caption={said.acceptances}
          columns={ACCEPTANCES}
          items={dossier.acceptances}
          keyOf={(acceptance) => acceptance.id}
          minWidth={760}
        />
      </Section>
      <Section title={said.requests}>
        <Rows caption={said.requests} columns={REQUESTS} items={dossier.requests} keyOf={(request) => request.id} />
      </Section>
    </Page>
  );
}

const MODEL = { head: said.model, cell: ({ model }: { model: string }) => model };
const STATE = { head: said.state, cell: ({ state }: { state: string }) => <State of={state} /> };

const REQUESTS: readonly Column<Shown['requests'][number]>[] = [
  {
    head: said.at,
    cell: ({ id, submittedAt }) => (
      <PageLink to="/review/$request" params={{ request: id }}>
        <Moment at={submittedAt} as="time" />
      </PageLink>
    ),
  },
  MODEL,
  { head: said.kind, cell: ({ kind }) => kind },
  STATE,
];
const ACCEPTANCES: readonly Column<Shown['acceptances'][number]>[] = [
  { head: said.at, cell: ({ at }) => <Moment at={at} as="time" /> },
  MODEL,
  { head: said.license, cell: ({ license, licenseVersion }) => `${license} ${licenseVersion}` },
  STATE,
  {
    head: PARTS.actions,
    silent: true,
    cell: ({ id }) => (
      <Group gap="sm">
        <Anchor href={`/api/v1/acceptances/${id}/evidence.json`}>{said.evidence}</Anchor>
        <Anchor href={`/api/v1/acceptances/${id}/certificate.pdf`}>{said.certificate}</Anchor>
      </Group>
    ),
  },
];

const grantColumns = (stale: string): readonly Column<Shown['grants'][number]>[] => [
  MODEL,
  { head: said.license, cell: ({ license }) => license },
  STATE,
  { head: said.from, cell: ({ from }) => <Moment at={from} /> },
  { head: said.until, cell: ({ until }) => <Moment at={until} /> },
  {
    head: said.grantCommands,
    silent: true,
    cell: ({ id, state }) => {
      const command = (name: 'suspend' | 'resume' | 'revoke', meaning: string) => (
        <Asking
          key={name}
          label={said[name]}
          meaning={meaning}
          reason={said.reason}
          send={(reason) => call('POST', `/grants/${id}/${name}`, { body: { reason } })}
          stale={[stale]}
          grave={name === 'revoke'}
          button={{ size: 'compact-xs' }}
        />
      );
      return (
        <Group gap="xs">
          {state === 'active' && command('suspend', said.suspendMeaning)}
          {state === 'suspended' && command('resume', said.resumeMeaning)}
          {['active', 'suspended', 'pending-acceptance'].includes(state) && command('revoke', said.revokeMeaning)}
        </Group>
      );
    },
  },
];
