import { Group, Progress as Bar, Stack, Text, Title } from '@mantine/core';
import { size } from '../../../../elements/sizes.js';
import { ACCESS } from '../../../../words/access.js';
import { useProgress, type FileProgress } from './useProgress.js';

const { downloads: said } = ACCESS;

/** How far one's own downloads have come, as the portal counts them. */
export function Progress({ grant }: { grant: string }) {
  const files = useProgress(grant);
  if (files.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label={said.progress}>
      <div>
        <Title order={2} size="h4">
          {said.progress}
        </Title>
        <Text size="sm" c="dimmed">
          {said.progressLead}
        </Text>
      </div>
      {files.map((file) => (
        <One key={`${file.release} ${file.path}`} file={file} />
      ))}
    </Stack>
  );
}

function One({ file: { release, path, size: all, bytes, state, rate } }: { file: FileProgress }) {
  const percent = bytes === null || all === 0 ? 100 : (bytes / all) * 100;
  return (
    <div>
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{`${release} / ${path}`}</Text>
        <Text size="sm" className="numbers">
          {`${said.progressStates[state]} · ${bytes === null ? said.progressElsewhere : said.progressOf(size(bytes), size(all))}`}
          {rate !== null && ` · ${said.progressRate(size(Math.round(rate)))}`}
        </Text>
      </Group>
      {bytes !== null && (
        <Bar
          mt={4}
          value={percent}
          color={state === 'broken-off' ? 'gray' : 'meadow'}
          animated={state === 'running'}
          aria-label={said.progressBar(path)}
        />
      )}
    </div>
  );
}
