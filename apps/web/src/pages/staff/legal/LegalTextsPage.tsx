import { Button, Group } from '@mantine/core';
import type { LicenseListed, PolicyListed } from '@paddock/contracts';
import { usePerson } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { useFilters } from '../parts/filters.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { NewLicense } from './NewLicense.js';
import { NewPolicy } from './NewPolicy.js';

const LICENSES: readonly Column<LicenseListed>[] = [
  {
    head: EDITOR.license,
    cell: ({ slug, title }) => (
      <PageLink to="/legal/licenses/$license" params={{ license: slug }}>
        {title}
      </PageLink>
    ),
  },
  { head: EDITOR.publisher, cell: ({ publisher }) => publisher },
  { head: EDITOR.kind, cell: ({ kind }) => EDITOR.kinds[kind] },
  { head: EDITOR.inForce, cell: ({ current }) => (current ? EDITOR.version(current.n) : EDITOR.noVersion) },
  {
    head: EDITOR.comes,
    cell: ({ scheduled }) =>
      scheduled && (
        <>
          {EDITOR.version(scheduled.n)}, <Moment at={scheduled.effectiveFrom} />
        </>
      ),
  },
  { head: EDITOR.models, cell: ({ models }) => models.join(', ') },
];

const POLICIES: readonly Column<Wire<typeof PolicyListed>>[] = [
  {
    head: EDITOR.policy,
    cell: ({ slug, title }) => (
      <PageLink to="/legal/policies/$policy" params={{ policy: slug }}>
        {title}
      </PageLink>
    ),
  },
  { head: EDITOR.publisher, cell: ({ publisher }) => publisher },
  { head: EDITOR.source, cell: ({ sourceUrl }) => sourceUrl ?? EDITOR.keptHere },
];

/** Everything that binds, for whoever writes it. What is being made stands in the address: `new` and, of a special license, `licensee`. */
export function LegalTextsPage() {
  const [{ new: making, licensee }, go] = useFilters(true);
  const person = usePerson();
  const end = () => go({ new: undefined, licensee: undefined });
  if (!person) return null;
  return (
    <Page
      title={EDITOR.title}
      lead={EDITOR.lead}
      action={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => go({ new: 'special' })}>
            {EDITOR.newSpecial}
          </Button>
          <Button size="xs" variant="default" onClick={() => go({ new: 'policy' })}>
            {EDITOR.newPolicy}
          </Button>
          <Button size="xs" onClick={() => go({ new: 'license' })}>
            {EDITOR.newLicense}
          </Button>
        </Group>
      }
    >
      {(making === 'license' || making === 'special') && (
        <NewLicense key={making} person={person} special={making === 'special'} licensee={licensee ?? ''} onCancel={end} />
      )}
      {making === 'policy' && <NewPolicy person={person} onCancel={end} />}
      <Section title={EDITOR.licenses}>
        <Listing path="/licenses" caption={EDITOR.licenses} columns={LICENSES} keyOf={({ slug }) => slug} minWidth={760} />
      </Section>
      <Section title={EDITOR.policies}>
        <Listing path="/policies" caption={EDITOR.policies} columns={POLICIES} keyOf={({ slug }) => slug} />
      </Section>
    </Page>
  );
}
