import { Text } from '@mantine/core';
import type { DryRun } from '@paddock/contracts';
import { PageLink } from '../../../elements/PageLink.js';
import { RULES } from '../../../words/staff/model-desk.js';
import { Facts } from '../../../elements/Facts.js';
import { Told } from '../../../elements/Told.js';
import { Rows } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';

/** What a version would have made of past requests, before it decides anything. */
export function DryRunResult({ run: { n, requests, agree, differ, counts, items } }: { run: DryRun }) {
  return (
    <Section title={RULES.dryRun(n)}>
      <Told title={RULES.looked(requests)}>
        <Facts
          of={[
            [RULES.agree, agree],
            [RULES.differ, differ],
            [RULES.wouldApprove, counts.approve],
            [RULES.wouldReject, counts.reject],
            [RULES.toPerson, counts.person],
            [RULES.faults, counts.faults],
          ]}
        />
      </Told>
      {items.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {RULES.differing}
          </Text>
          <Rows
            caption={RULES.differing}
            columns={[
              {
                head: RULES.request,
                cell: ({ request }) => (
                  <PageLink to="/review/$request" params={{ request }}>
                    {request.slice(0, 13)}
                  </PageLink>
                ),
              },
              { head: RULES.was, cell: ({ was }) => was },
              { head: RULES.would, cell: ({ would }) => RULES.woulds[would] },
              { head: RULES.byRule, cell: ({ rule }) => rule },
              { head: RULES.fault, cell: ({ fault }) => fault },
            ]}
            items={items}
            keyOf={({ request }) => request}
          />
        </>
      )}
    </Section>
  );
}
