import { Skeleton, Stack, Text } from '@mantine/core';
import type { Release } from '@paddock/contracts';
import { lazy, Suspense } from 'react';
import { useDocument } from '../../api/documents.js';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { PageLink } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

const { catalog } = words;
/** On its way before it is known what there is to read: a card is the most of the page. */
const reader = import('../../elements/legal/LegalText.js');
const LegalText = lazy(async () => ({ default: (await reader).LegalText }));

/** The release's README as everyone may read it, and its other texts by name. */
export function ModelCardText({ model, release }: { model: string; release: string }) {
  const { data } = useAnswer<Wire<typeof Release>>(`/models/${model}/releases/${release}`);
  const texts = data?.artifacts.filter(({ access, mediaType }) => access === 'public' && /^text\/(markdown|plain)/.test(mediaType)) ?? [];
  const card = texts.find(({ path }) => /^(readme|model_card)\.(md|txt)$/i.test(path));
  const address = (path: string) => `/api/v1/models/${model}/releases/${release}/readable?path=${encodeURIComponent(path)}`;
  const { data: bytes } = useDocument(card ? address(card.path) : null);
  if (data && !card) return <Text c="dimmed">{catalog.noCard}</Text>;
  const others = texts.filter((text) => text !== card);
  return (
    <Stack>
      {bytes ? (
        <Suspense fallback={<Skeleton height={320} />}>
          <LegalText bytes={bytes} />
        </Suspense>
      ) : (
        <Skeleton height={320} />
      )}
      {others.length > 0 && (
        <Text size="sm">
          {catalog.reading}:{' '}
          {others.map(({ path }, index) => (
            <span key={path}>
              {index > 0 && ' · '}
              <PageLink to="/models/$model/releases/$release" params={{ model, release }} search={{ text: path }} hash="text">
                {path}
              </PageLink>
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}
