import { Stack, Text, Title } from '@mantine/core';
import type { Agreement } from '@paddock/contracts';
import { useParams } from '@tanstack/react-router';
import { useDocument } from '../../api/documents.js';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { LegalText } from '../../elements/legal/LegalText.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { Page } from '../../elements/Page.js';
import { words } from '../../words/index.js';

const { legal } = words;
type Shown = Wire<typeof Agreement>;

/** The exact texts of one agreement, for whoever is to advise on it: the address names them by their hash. */
export function AgreementPage() {
  const { sha256 } = useParams({ from: '/agreements/$sha256' });
  return (
    <Loaded page of={useAnswer<Shown>(`/agreements/${sha256}`)}>
      {({ id, documents }) => (
        <Page title={documents[0]!.title} lead={legal.agreementLead}>
          <Copyable text={`${location.origin}/agreements/${id}`} label={legal.copyAddress} />
          {documents.map((document) => (
            <DocumentShown key={document.sha256} document={document} />
          ))}
        </Page>
      )}
    </Loaded>
  );
}

function DocumentShown({ document: { kind, title, sha256, url, capturedAt } }: { document: Shown['documents'][number] }) {
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h3">
        {title}
      </Title>
      {capturedAt && (
        <Text size="sm">
          {`${legal.capturedAt} `}
          <Moment at={capturedAt} as="time" />
        </Text>
      )}
      <Copyable text={sha256} label={`${legal.digest} ${title}`} />
      <Loaded of={useDocument(url)}>{(bytes) => <LegalText bytes={bytes} plain={kind === 'policy'} />}</Loaded>
    </Stack>
  );
}
