import { Group, Table, Text } from '@mantine/core';
import type { AccessRequestListed } from '@paddock/contracts';
import { usePages } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { More } from '../../../elements/More.js';
import { Page } from '../../../elements/Page.js';
import { PageButton, PageLink } from '../../../elements/PageLink.js';
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
            <Table.ScrollContainer minWidth={620} type="native" tabIndex={0} role="group" aria-label={said.listTitle}>
              <Table verticalSpacing="sm">
                <Table.Caption className="out-of-sight">{said.listTitle}</Table.Caption>
                <Table.Thead>
                  <Table.Tr>
                    {[said.model, said.kind, said.forWhom, said.state, said.since].map((head) => (
                      <Table.Th key={head} scope="col">
                        {head}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map(({ id, model, kind, licensee, state, createdAt, submittedAt }) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <PageLink to="/access-requests/$request" params={{ request: id }}>
                          {model}
                        </PageLink>
                      </Table.Td>
                      <Table.Td>{said.kinds[kind]}</Table.Td>
                      <Table.Td>{licensee}</Table.Td>
                      <Table.Td>
                        <State of={state}>{said.states[state].is}</State>
                      </Table.Td>
                      <Table.Td>
                        <Moment at={submittedAt ?? createdAt} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
      <More of={requests} />
    </Page>
  );
}
