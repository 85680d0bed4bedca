import { Anchor, Stack, Text, Title } from '@mantine/core';
import { contentsOf } from '../../../elements/legal/contents.js';
import { ACCESS } from '../../../words/access.js';
import { words } from '../../../words/index.js';
import { useDocument, type ShownDocument } from './useDocument.js';

/** Of its headings' anchors, where several texts share the page: the license's have none, as its clauses. */
export const prefixOf = (index: number) => (index === 0 ? '' : `text-${index + 1}-`);

/** Every heading of every text, and the way to the answer. */
export function Contents({ documents }: { documents: readonly ShownDocument[] }) {
  return (
    <Stack component="nav" gap="xs" aria-label={words.legal.contents}>
      <Title order={2} size="h4">
        {words.legal.contents}
      </Title>
      {documents.map((document, index) => (
        <Headings key={document.sha256} document={document} prefix={prefixOf(index)} />
      ))}
      <Anchor href="#answer" size="sm" fw={600}>
        {ACCESS.acceptance.answerTitle}
      </Anchor>
    </Stack>
  );
}

function Headings({ document, prefix }: { document: ShownDocument; prefix: string }) {
  const { data } = useDocument(document);
  // A policy is plain text: it has no headings.
  const headings = data && document.kind === 'license' ? contentsOf(new TextDecoder().decode(data.bytes), prefix) : [];
  const top = Math.min(...headings.map(({ depth }) => depth));
  return (
    <div>
      <Anchor href={`#document-${document.sha256.slice(0, 12)}`} size="sm" fw={600}>
        {document.title}
      </Anchor>
      {headings
        .filter(({ title, depth }) => depth <= top + 1 && !document.title.startsWith(title))
        .map(({ id, title, depth }) => (
          <Text key={id} size="sm" pl={depth === top ? 0 : 'sm'}>
            <Anchor href={`#${id}`} size="sm" c="var(--mantine-color-text)">
              {title}
            </Anchor>
          </Text>
        ))}
    </div>
  );
}
