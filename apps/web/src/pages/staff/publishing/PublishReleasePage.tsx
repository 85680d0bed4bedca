import { Alert, Group, Text } from '@mantine/core';
import type { Artifact, Release } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { size, sizeOf } from '../../../elements/sizes.js';
import { State } from '../../../elements/State.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { ReleaseCommands } from './ReleaseCommands.js';
import { UploadFiles } from './UploadFiles.js';

const COLUMNS: readonly Column<Wire<typeof Artifact>>[] = [
  { head: PUBLISHING.path, cell: ({ path }) => path },
  { head: PUBLISHING.size, cell: (artifact) => size(artifact.size), numeric: true },
  { head: PUBLISHING.access, cell: ({ access }) => PUBLISHING.accessShort[access] },
  { head: PUBLISHING.digest, cell: ({ path, sha256 }) => <Copyable text={sha256} label={`${PUBLISHING.digest} ${path}`} /> },
];

export function PublishReleasePage() {
  const { model, release } = useParams({ from: '/publishing/$model/releases/$release' });
  const address = `/models/${encodeURIComponent(model)}/releases/${encodeURIComponent(release)}`;
  const answer = useAnswer<Wire<typeof Release>>(address);
  return (
    <Page title={`${model} ${release}`} action={answer.data && <ReleaseCommands release={answer.data} address={address} />}>
      <Group gap="lg">
        <PageLink to="/publishing/$model" params={{ model }} size="sm">
          {PUBLISHING.back}
        </PageLink>
        {answer.data && <State of={answer.data.state} />}
      </Group>
      <Loaded of={answer}>
        {({ state, reason, replacement, artifacts }) => (
          <>
            {state === 'withdrawn' && (
              <Alert color="gray">
                {PUBLISHING.withdrawnBecause} {reason} {replacement && `${PUBLISHING.replacedBy} ${replacement}.`}
              </Alert>
            )}
            {state === 'draft' && <UploadFiles address={address} />}
            <Section title={PUBLISHING.files} {...(state === 'draft' && { lead: PUBLISHING.publishLead })}>
              {artifacts.length > 0 && (
                <Text size="sm">
                  {artifacts.length} · {size(sizeOf(artifacts))}
                </Text>
              )}
              <Rows
                caption={PUBLISHING.files}
                columns={COLUMNS}
                items={artifacts}
                keyOf={({ path }) => path}
                empty={PUBLISHING.noFiles}
                minWidth={760}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
