import { Alert, Button, Group, Stack } from '@mantine/core';
import type { Capture, Policy } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../api/client.js';
import { useAnswer, useCommand } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { EDITOR } from '../../../words/staff/legal-editor.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Facts } from '../../../elements/Facts.js';
import { Section } from '../../../elements/Section.js';
import { CapturesTable } from './CapturesTable.js';
import { ChangeSource } from './ChangeSource.js';
import { NextText } from './NextText.js';
import { Snapshots } from './Snapshots.js';

type Shown = Wire<typeof Policy>;

/** One policy: what waits for a decision, its snapshots, and every look at its source. */
export function LegalPolicyPage() {
  const { policy } = useParams({ from: '/legal/policies/$policy' });
  return (
    <Loaded page of={useAnswer<Shown>(`/policies/${policy}`)}>
      {(shown) => <OnePolicy policy={shown} />}
    </Loaded>
  );
}

function OnePolicy({ policy }: { policy: Shown }) {
  const { slug, title, sourceUrl } = policy;
  return (
    <Page title={title} action={sourceUrl && <CaptureNow slug={slug} />}>
      <Group gap="lg">
        <PageLink to="/policies/$policy" params={{ policy: slug }} size="sm">
          {EDITOR.policyPage}
        </PageLink>
        <PageLink to="/legal" size="sm">
          {EDITOR.title}
        </PageLink>
      </Group>
      <PolicyFacts policy={policy} />
      <Snapshots policy={policy} />
      {sourceUrl ? (
        <Section title={EDITOR.captures}>
          <CapturesTable slug={slug} />
        </Section>
      ) : (
        <NextText slug={slug} current={policy.current?.text ?? null} />
      )}
    </Page>
  );
}

function PolicyFacts({ policy }: { policy: Shown }) {
  const [changing, setChanging] = useState(false);
  const { sourceUrl, schedule, standingRule, current, publisher } = policy;
  return (
    <Section
      title={EDITOR.facts}
      action={
        sourceUrl &&
        !changing && (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {EDITOR.changePolicy}
          </Button>
        )
      }
    >
      {changing && <ChangeSource policy={policy} onEnd={() => setChanging(false)} />}
      <Facts
        of={[
          [EDITOR.publisher, publisher],
          [EDITOR.source, sourceUrl ?? EDITOR.keptHere],
          ...(schedule
            ? ([
                [EDITOR.schedule, EDITOR.schedules[schedule]],
                [EDITOR.standing, standingRule ? EDITOR.standingRule(standingRule.afterDays) : EDITOR.standingNone],
              ] as const)
            : []),
          [EDITOR.inForce, current ? <Moment at={current.effectiveFrom} as="time" /> : PARTS.none],
        ]}
      />
    </Section>
  );
}

function CaptureNow({ slug }: { slug: string }) {
  const capture = useCommand(() => call<Wire<typeof Capture>>('POST', `/policies/${slug}/captures`, { body: {} }), {
    stale: [`/policies/${slug}`],
  });
  return (
    <Stack gap="xs" align="end">
      <Button size="xs" loading={capture.running} onClick={() => capture.run()}>
        {EDITOR.captureNow}
      </Button>
      {capture.refused && <Refusal problem={capture.refused} />}
      {capture.answer && (
        <Alert role="status" p="xs" color={capture.answer.outcome === 'failed' ? 'red' : 'meadow'}>
          {EDITOR.captureDone[capture.answer.outcome]} {capture.answer.reason}
        </Alert>
      )}
    </Stack>
  );
}
