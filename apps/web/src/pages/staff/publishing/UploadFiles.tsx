import { Box, Button, FileButton, Group, List, Stack, Text } from '@mantine/core';
import type { Upload } from '@paddock/contracts';
import { useState, type DragEvent } from 'react';
import { usePages } from '../../../api/hooks.js';
import { size, sizeOf } from '../../../elements/sizes.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Section } from '../../../elements/Section.js';
import { QueuedFileLine } from './QueuedFileLine.js';
import { choose, start, useUploads } from './uploads.js';

/** Chooses files, says which of them everybody may read, and sends them with their real progress. */
export function UploadFiles({ address }: { address: string }) {
  const { files, running } = useUploads(address);
  const [over, setOver] = useState(false);
  const add = (chosen: readonly File[]) =>
    choose(
      address,
      chosen.map((blob) => ({ path: pathOf(blob), access: 'gated', blob })),
    );
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  const waiting = files.filter(({ step }) => step.at === 'waiting');
  return (
    <Section title={PUBLISHING.addFiles}>
      <Box
        p="lg"
        bg={over ? 'var(--mantine-color-default-hover)' : undefined}
        style={{ border: '1px dashed var(--mantine-color-default-border)', borderRadius: 'var(--mantine-radius-sm)' }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Group>
          <Text size="sm">{PUBLISHING.addFilesLead}</Text>
          <FileButton onChange={add} multiple>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                {PUBLISHING.chooseFiles}
              </Button>
            )}
          </FileButton>
          <FileButton onChange={add} multiple inputProps={{ webkitdirectory: '' } as never}>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                {PUBLISHING.chooseFolder}
              </Button>
            )}
          </FileButton>
        </Group>
      </Box>
      <Begun address={address} chosen={files.map(({ path }) => path)} />
      {files.length > 0 && (
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label={PUBLISHING.uploading}>
          {files.map((file) => (
            <QueuedFileLine key={file.path} file={file} address={address} />
          ))}
        </Stack>
      )}
      {waiting.length > 0 && (
        <Group>
          <Button loading={running} onClick={() => void start(address)}>
            {PUBLISHING.upload(waiting.length, size(sizeOf(waiting.map(({ blob }) => blob))))}
          </Button>
        </Group>
      )}
    </Section>
  );
}

/** A chosen folder is the release itself: its own name is no part of the paths. */
function pathOf(file: File): string {
  const path = file.webkitRelativePath;
  return path === '' ? file.name : path.slice(path.indexOf('/') + 1);
}

/** What an earlier visit began; the browser must be given the file again. */
function Begun({ address, chosen }: { address: string; chosen: readonly string[] }) {
  const { data = [] } = usePages<Upload>(`${address}/uploads`);
  const left = data.filter(({ path }) => !chosen.includes(path));
  if (left.length === 0) return null;
  return (
    <Section title={PUBLISHING.begun} lead={PUBLISHING.begunLead} order={3}>
      <List size="sm">
        {left.map(({ id, path, offset, size: whole }) => (
          <List.Item key={id}>
            {path}: {PUBLISHING.of(size(offset), size(whole))}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
