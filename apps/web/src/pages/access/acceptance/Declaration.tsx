import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ACCESS } from '../../../words/access.js';

const { acceptance: said } = ACCESS;

/** In plain words, what the signer was shown and did; as the API tells it. */
export function Declaration({ acceptance }: { acceptance: string }) {
  const path = `/api/v1/acceptances/${acceptance}/declaration`;
  const declaration = useQuery({
    queryKey: ['declaration', acceptance],
    queryFn: async () => {
      const answer = await fetch(path);
      return answer.ok ? answer.text() : null;
    },
    staleTime: Infinity,
  });
  if (!declaration.data) return null;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {said.shownTitle}
      </Title>
      <Text size="sm" className="said" maw="80ch">
        {declaration.data}
      </Text>
      <Anchor href={path} size="sm" download>
        {said.declaration}
      </Anchor>
    </Stack>
  );
}
