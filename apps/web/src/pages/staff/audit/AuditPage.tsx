import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Disclosure, SavedView } from '@paddock/contracts';
import { call } from '../../../api/client.js';
import { useCommand, usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Refusal } from '../../../elements/Refusal.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { PARTS } from '../../../words/staff/parts.js';
import { Listing } from '../parts/Listing.js';
import type { Column } from '../../../elements/Rows.js';
import { Section } from '../../../elements/Section.js';
import { KIND_NAMES } from './kinds.js';

const { disclosureColumns: heads } = AUDIT;
const DISCLOSURES: readonly Column<Wire<typeof Disclosure>>[] = [
  { head: heads.at, cell: ({ at }) => <Moment at={at} as="time" /> },
  { head: heads.who, cell: ({ name }) => name ?? PARTS.erased },
  { head: heads.roles, cell: ({ roles }) => roles.join(', ') },
  { head: heads.what, cell: ({ kind, detail }) => `${kind}${typeof detail['kind'] === 'string' ? `: ${detail['kind']}` : ''}` },
  { head: heads.rows, cell: ({ detail }) => (typeof detail['rows'] === 'number' ? detail['rows'].toLocaleString() : ''), numeric: true },
];

/** Where the audit begins: the kinds, the views that were saved, and who was shown what. */
export function AuditPage() {
  return (
    <Page title={AUDIT.title} lead={AUDIT.lead}>
      <SimpleGrid component="ul" cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {KIND_NAMES.map((kind) => (
          <Stack component="li" key={kind} gap={0}>
            <PageLink to="/audit/$kind" params={{ kind }} fw={600}>
              {AUDIT.kinds[kind].title}
            </PageLink>
            <Text size="sm" c="dimmed">
              {AUDIT.kinds[kind].meaning}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
      <Views />
      <Section title={AUDIT.disclosures} lead={AUDIT.disclosuresLead}>
        <Listing path="/audit/disclosures" caption={AUDIT.disclosures} columns={DISCLOSURES} keyOf={({ id }) => id} />
      </Section>
    </Page>
  );
}

function Views() {
  const views = usePages<Wire<typeof SavedView>>('/audit/saved-views');
  const remove = useCommand((id: string) => call('DELETE', `/audit/saved-views/${id}`), { stale: ['/audit/saved-views'] });
  return (
    <Section title={AUDIT.views}>
      {remove.refused && <Refusal problem={remove.refused} />}
      <Loaded of={views}>
        {(items) => (
          <>
            {items.length === 0 && <Text c="dimmed">{AUDIT.noViews}</Text>}
            {items.map(({ id, name, kind, filters, shared, own }) => (
              <Group key={id} gap="sm">
                <PageLink to="/audit/$kind" params={{ kind }} search={filters}>
                  {name}
                </PageLink>
                <Text size="sm" c="dimmed">
                  {AUDIT.kinds[kind].title}
                  {shared && `, ${AUDIT.sharedView}`}
                </Text>
                {own && (
                  <Button size="compact-xs" variant="subtle" aria-label={AUDIT.deleteView(name)} onClick={() => remove.run(id)}>
                    {PARTS.remove}
                  </Button>
                )}
              </Group>
            ))}
          </>
        )}
      </Loaded>
    </Section>
  );
}
