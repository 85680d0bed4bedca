import { Anchor, Button, Group, List } from '@mantine/core';
import type { ErasureStanding, Grant, OrganizationListed } from '@paddock/contracts';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Section } from '../../../elements/Section.js';
import { OWN } from '../../../words/own.js';
import { Erase } from './Erase.js';

const { privacy: said } = OWN;

/** All that is held on oneself, and the end of it: first what would happen, then the proof, then what came of it. */
export function PrivacyPage() {
  const standing = useAnswer<Wire<typeof ErasureStanding>>('/me/erasure');
  return (
    <Page title={said.title} lead={said.lead}>
      <Section title={said.export} lead={said.exportLead}>
        <Group>
          <Button component="a" href="/api/v1/me/export" download variant="default">
            {said.exportGo}
          </Button>
        </Group>
      </Section>
      <Dossiers />
      <Section title={said.mail} lead={said.mailLead}>
        <PageLink to="/profile" size="sm">
          {said.toProfile}
        </PageLink>
      </Section>
      <Section title={said.erase} lead={said.eraseLead}>
        <Loaded of={standing}>{(shown) => <Erase standing={shown} />}</Loaded>
      </Section>
    </Page>
  );
}

/** One for each licensee that one has grants for: oneself, or organizations. */
function Dossiers() {
  const grants = useAnswer<{ items: Wire<typeof Grant>[] }>('/grants?limit=200');
  const organizations = useAnswer<{ items: Wire<typeof OrganizationListed>[] }>('/organizations');
  const licensees = [...new Set(grants.data?.items.flatMap(({ licensee }) => licensee ?? []))];
  if (licensees.length === 0) return null;
  const nameOf = (id: string) => organizations.data?.items.find(({ licensee }) => licensee === id)?.legalName ?? said.you;
  return (
    <Section title={said.dossiers} lead={said.dossiersLead}>
      <List size="sm">
        {licensees.map((id) => (
          <List.Item key={id}>
            <Anchor href={`/api/v1/licensees/${id}/dossier.zip`} download size="sm">
              {said.dossierOf(nameOf(id))}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
