import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { Snapshot } from '@paddock/contracts';
import { useDocument } from '../../api/documents.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { LegalText } from '../../elements/legal/LegalText.js';
import { Loaded } from '../../elements/Loaded.js';
import { Moment } from '../../elements/Moment.js';
import { words } from '../../words/index.js';

const { legal } = words;

/** A dated snapshot: when it was taken and bound, what proves it, and its text. */
export function SnapshotShown({ snapshot }: { snapshot: Wire<typeof Snapshot> }) {
  return (
    <Stack>
      <Stack gap={4}>
        <Text size="sm">
          {`${legal.capturedAt} `}
          <Moment at={snapshot.capturedAt} as="time" />
          {'. '}
          {snapshot.effectiveFrom ? `${legal.boundFrom} ` : legal.notBinding}
          <Moment at={snapshot.effectiveFrom} as="time" />
        </Text>
        {snapshot.dismissReason && <Text size="sm">{snapshot.dismissReason}</Text>}
        <Group gap="xs">
          <Text size="sm">{legal.digestOfBytes}</Text>
          <Copyable text={snapshot.sha256} label={legal.digestOfBytes} />
        </Group>
        <Group gap="xs">
          <Text size="sm">{legal.digestOfText}</Text>
          <Copyable text={snapshot.textSha256} label={legal.digestOfText} />
        </Group>
        <SnapshotFiles snapshot={snapshot} />
      </Stack>
      <Loaded of={useDocument(snapshot.text)}>{(bytes) => <LegalText bytes={bytes} plain />}</Loaded>
    </Stack>
  );
}

export function SnapshotFiles({ snapshot: { url, pdf, warc, text, timestamps } }: { snapshot: Wire<typeof Snapshot> }) {
  const files = [
    [legal.exactBytes, url],
    [legal.text, text],
    [legal.pdf, pdf],
    [legal.warc, warc],
    ...timestamps.map(({ authority, token }) => [legal.timestamp(authority), token] as const),
  ] as const;
  return (
    <Group gap="md" className="no-print">
      {files.map(
        ([label, address]) =>
          address && (
            <Anchor key={label} href={address} size="sm">
              {label}
            </Anchor>
          ),
      )}
    </Group>
  );
}
