import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useDocument } from '../../../api/documents.js';
import { ACCESS } from '../../../words/access.js';

const { acceptance: said } = ACCESS;

/** In plain words, what the signer was shown and did; as the API tells it, to the signer alone. */
export function Declaration({ acceptance }: { acceptance: string }) {
  const path = `/api/v1/acceptances/${acceptance}/declaration`;
  const { data } = useDocument(path);
  if (!data) return null;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {said.shownTitle}
      </Title>
      <Text size="sm" className="said" maw="80ch">
        {new TextDecoder().decode(data)}
      </Text>
      <Anchor href={path} size="sm" download>
        {said.declaration}
      </Anchor>
    </Stack>
  );
}
