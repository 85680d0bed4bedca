import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import type { ShownClause } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';
import { Copyable } from '../../../elements/Copyable.js';
import { LegalText } from '../../../elements/legal/LegalText.js';
import { Loaded } from '../../../elements/Loaded.js';
import { Moment } from '../../../elements/Moment.js';
import { ACCESS } from '../../../words/access.js';
import { useDocument, type ShownDocument } from './useDocument.js';
import type { Report } from './useReports.js';
import { useSeen } from './useSeen.js';

const { acceptance: said } = ACCESS;

interface Props {
  document: ShownDocument;
  clauses: readonly Wire<typeof ShownClause>[];
  /** Of its headings' anchors. */
  prefix: string;
  report: Report;
}

/** One of the texts that bind, with its hash; what the reader has seen of it is reported. */
export function DocumentSection({ document, clauses, prefix, report }: Props) {
  const { title, sha256, kind, capturedAt } = document;
  const text = useDocument(document);
  const begin = useSeen<HTMLDivElement>(() => report('opened', sha256));
  return (
    <Stack component="section" gap="sm" aria-label={title} id={`document-${sha256.slice(0, 12)}`}>
      <div ref={begin}>
        <Text size="sm" c="dimmed">
          {said.kinds[kind]}
          {capturedAt && (
            <>
              {' · '}
              {said.captured} <Moment at={capturedAt} as="time" />
            </>
          )}
        </Text>
        <Title order={2}>{title}</Title>
        <Group gap="xs" mt={4}>
          <Text size="sm" c="dimmed">
            {said.digest}
          </Text>
          <Copyable text={sha256} label={`${said.digest} ${title}`} />
          {text.data?.holds && (
            <Text size="sm" c="dimmed">
              {said.digestHolds}
            </Text>
          )}
        </Group>
      </div>
      <Loaded of={text}>
        {({ bytes, holds }) => (
          <>
            {holds === false && <Alert color="red" role="alert" title={said.digestFails} />}
            <LegalText bytes={bytes} clauses={clauses} prefix={prefix} plain={kind === 'policy'} />
            <End onSeen={() => report('scrolled-to-end', sha256)} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function End({ onSeen }: { onSeen: () => void }) {
  const place = useSeen<HTMLDivElement>(onSeen);
  return <div ref={place} style={{ height: 1 }} />;
}
