import { Alert, Button, Group } from '@mantine/core';
import type { License, LicenseVersion } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useDocument } from '../../../api/documents.js';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { State } from '../../../elements/State.js';
import { useKept } from '../../../elements/useKept.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { Told } from '../../../elements/Told.js';
import { useFilters } from '../parts/filters.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { draftFrom, type Draft } from './draft.js';
import { VersionEditor } from './VersionEditor.js';

type Shown = Wire<typeof License>;
type Version = Wire<typeof LicenseVersion>;

/** One license: its versions, and where the next one is written. */
export function LegalLicensePage() {
  const { license } = useParams({ from: '/legal/licenses/$license' });
  return (
    <Loaded page of={useAnswer<Shown>(`/licenses/${license}`)}>
      {(shown) => <OneLicense license={shown} />}
    </Loaded>
  );
}

const COLUMNS: readonly Column<Version>[] = [
  { head: EDITOR.versionHead, cell: ({ n }) => n, numeric: true },
  { head: EDITOR.state, cell: ({ state }) => <State of={state}>{EDITOR.states[state]}</State> },
  { head: EDITOR.effectiveFrom, cell: ({ effectiveFrom }) => <Moment at={effectiveFrom} as="time" /> },
  {
    head: EDITOR.reacceptance,
    cell: ({ reacceptance, reacceptFrom }) => (
      <>
        {EDITOR.modeShort[reacceptance]} {reacceptance === 'by-date' && <Moment at={reacceptFrom} as="time" />}
      </>
    ),
  },
  { head: EDITOR.steps.clauses, cell: ({ clauses }) => clauses.length, numeric: true },
  { head: EDITOR.digest, cell: ({ sha256, n }) => <Copyable text={sha256} label={`${EDITOR.digest} ${n}`} /> },
];

function OneLicense({ license }: { license: Shown }) {
  const { slug, title, kind, versions } = license;
  const [{ step }, go] = useFilters(true);
  const [published, setPublished] = useState<Version>();
  // The latest begins the next one, whether it is in force yet or not.
  const base = versions[0];
  const text = useDocument(step === undefined ? null : (base?.url ?? null));
  const [draft, keep] = useKept<Draft>(`license:${slug}`);
  const begun = draft ?? (base && !text.data ? undefined : draftFrom(base, text.data));
  return (
    <Page title={title} lead={EDITOR.kinds[kind]}>
      <Group gap="lg">
        <PageLink to="/licenses/$license" params={{ license: slug }} size="sm">
          {EDITOR.publicPage}
        </PageLink>
        <PageLink to="/legal" size="sm">
          {EDITOR.title}
        </PageLink>
      </Group>
      {published && (
        <Told title={EDITOR.published(published.n)}>{published.state === 'in-force' ? EDITOR.nextInForce : EDITOR.nextComes}</Told>
      )}
      {step === undefined && draft && <Alert color="gray">{EDITOR.draftIn}</Alert>}
      {step === undefined ? (
        <Section
          title={EDITOR.versions}
          action={
            <Button size="xs" onClick={() => go({ step: 'text' })}>
              {draft ? EDITOR.goOn : EDITOR.newVersion}
            </Button>
          }
        >
          <Rows
            caption={EDITOR.versions}
            columns={COLUMNS}
            items={versions}
            keyOf={({ n }) => String(n)}
            empty={EDITOR.noVersion}
            minWidth={900}
          />
        </Section>
      ) : (
        <Section title={EDITOR.newVersion} {...(base && { lead: EDITOR.textBegins(base.n) })}>
          <Loaded of={{ ...text, data: begun }}>
            {(shown) => (
              <VersionEditor
                license={license}
                draft={shown}
                onChange={keep}
                onEnd={(now) => {
                  setPublished(now?.versions[0]);
                  keep(null);
                  go({ step: undefined });
                }}
              />
            )}
          </Loaded>
        </Section>
      )}
    </Page>
  );
}
