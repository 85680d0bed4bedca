import { Code, List, Stack, Text, Title } from '@mantine/core';
import type { Instructions } from '@paddock/contracts';
import { useAnswer } from '../api/hooks.js';
import type { Wire } from '../api/wire.js';
import { words } from '../words/index.js';
import { Copyable } from './Copyable.js';
import { Loaded } from './Loaded.js';

const { catalog } = words;

/** How the release is run by the tools that people have, each with the exact digests. */
export function RunInstructions({ model, release }: { model: string; release: string }) {
  const asked = useAnswer<Wire<typeof Instructions>>(`/models/${model}/releases/${release}/instructions`);
  return (
    <Loaded of={asked}>
      {({ login, image, verified, instructions }) => (
        <Stack>
          {image && (
            <Text size="sm">
              {verified ? catalog.verifiedWith : catalog.runsWith} <Code className="digest">{image}</Code>
            </Text>
          )}
          {login && <Text size="sm">{catalog.runLogin}</Text>}
          {instructions.map(({ tool, title, text, needs }) => (
            <Stack key={tool} gap={4}>
              <Title order={3} size="h5">
                {title}
              </Title>
              {needs.length > 0 && (
                <List size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {needs.map((need) => (
                    <List.Item key={need}>{need}</List.Item>
                  ))}
                </List>
              )}
              <Copyable block text={text} label={title} />
            </Stack>
          ))}
        </Stack>
      )}
    </Loaded>
  );
}
