import { Button, Group } from '@mantine/core';
import type { ModelListed } from '@paddock/contracts';
import { useState } from 'react';
import { holds, usePerson, type Person } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Page } from '../../../elements/Page.js';
import { PageLink } from '../../../elements/PageLink.js';
import { Told } from '../../../elements/Told.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { useModels } from '../parts/ModelSelect.js';
import { Rows, type Column } from '../../../elements/Rows.js';
import { mayPublish } from './may-publish.js';
import { NewModel } from './NewModel.js';
import { NewPublisher } from './NewPublisher.js';

type Listed = Wire<typeof ModelListed>;

const COLUMNS: readonly Column<Listed>[] = [
  {
    head: PUBLISHING.model,
    cell: ({ slug, title }) => (
      <PageLink to="/publishing/$model" params={{ model: slug }}>
        {title}
      </PageLink>
    ),
  },
  { head: PUBLISHING.publisher, cell: ({ publisher }) => publisher },
  { head: PUBLISHING.admission, cell: ({ admission }) => (admission ? PUBLISHING.admissionShort[admission] : PUBLISHING.noTerms) },
  { head: PUBLISHING.license, cell: ({ license }) => license && `${license.title} ${license.version}` },
  { head: PUBLISHING.openness, cell: ({ openness: { open, of } }) => `${open}/${of}`, numeric: true },
];

/** What one publishes. */
export function PublishingPage() {
  const person = usePerson();
  return person ? <Mine person={person} /> : null;
}

function Mine({ person }: { person: Person }) {
  const [making, setMaking] = useState<'model' | 'publisher'>();
  const [told, setTold] = useState<string>();
  const models = useModels();
  return (
    <Page
      title={PUBLISHING.title}
      lead={PUBLISHING.lead}
      action={
        <Group gap="xs">
          {holds(person) && (
            <Button variant="default" size="xs" onClick={() => setMaking('publisher')}>
              {PUBLISHING.newPublisher}
            </Button>
          )}
          <Button size="xs" onClick={() => setMaking('model')}>
            {PUBLISHING.newModel}
          </Button>
        </Group>
      }
    >
      {making === 'model' && <NewModel person={person} onCancel={() => setMaking(undefined)} />}
      {making === 'publisher' && (
        <NewPublisher
          onEnd={(done) => {
            setMaking(undefined);
            setTold(done);
          }}
        />
      )}
      {told && <Told title={told} />}
      <Loaded of={models}>
        {(all) => (
          <Rows
            caption={PUBLISHING.title}
            columns={COLUMNS}
            items={all.filter((model) => mayPublish(person, model))}
            keyOf={({ slug }) => slug}
            empty={PUBLISHING.none}
          />
        )}
      </Loaded>
    </Page>
  );
}
