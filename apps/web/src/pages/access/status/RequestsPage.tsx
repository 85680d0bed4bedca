import { Group, Text } from '@mantine/core';
import type { AccessRequestListed } from '@paddock/contracts';
import { usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { More } from '../../../elements/More.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
import { Rows } from '../../../elements/Rows.js';
import { State } from '../../../elements/State.js';
import { ACCESS } from '../../../words/access.js';

const { status: said } = ACCESS;

export function RequestsPage() {
  const requests = usePages<Wire<typeof AccessRequestListed>>('/access-requests');
  return (
    <Page title={said.listTitle} lead={said.listLead}>
      <Loaded of={requests}>
        {(items) =>
          items.length === 0 ? (
            <Group>
              <Text>{said.none}</Text>
              <PageButton to="/models" variant="default" size="xs">
                {said.models}
              </PageButton>
            </Group>
          ) : (
            <Rows
              caption={said.listTitle}
              columns={[
                {
                  head: said.model,
                  cell: ({ id, model }) => (
                    <PageLink to="/access-requests/$request" params={{ request: id }}>
                      {model}
                    </PageLink>
                  ),
                },
                { head: said.kind, cell: ({ kind }) => said.kinds[kind] },
                { head: said.forWhom, cell: ({ licensee }) => licensee },
                { head: said.state, cell: ({ state }) => <State of={state}>{said.states[state].is}</State> },
                { head: said.since, cell: ({ createdAt, submittedAt }) => <Moment at={submittedAt ?? createdAt} /> },
              ]}
              items={items}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      <More of={requests} />
    </Page>
  );
}
