import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { words } from '../words/index.js';

/** Text that is taken elsewhere: a digest, a command, a link. `block` keeps its lines. */
export function Copyable({ text, label, block = false }: { text: string; label?: string; block?: boolean }) {
  return (
    <Group gap={4} wrap="nowrap" align={block ? 'start' : 'center'}>
      <Text
        component={block ? 'pre' : 'code'}
        className="digest"
        m={0}
        p={block ? 'xs' : 0}
        bg={block ? 'var(--mantine-color-default-hover)' : undefined}
        flex={block ? 1 : undefined}
        miw={0}
        style={block ? { whiteSpace: 'pre-wrap' } : undefined}
        {...(block && { tabIndex: 0, role: 'group', 'aria-label': label })}
      >
        {text}
      </Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? words.frame.copied : words.frame.copy}>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={copy}
              aria-label={`${copied ? words.frame.copied : words.frame.copy}${label ? ` ${label}` : ''}`}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
