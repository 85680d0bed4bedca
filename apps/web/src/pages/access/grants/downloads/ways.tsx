import { Anchor, Group, List, Stack, Text } from '@mantine/core';
import { Copyable } from '../../../../elements/Copyable.js';
import { PageLink } from '../../../../elements/PageLink.js';
import { RunInstructions } from '../../../../elements/RunInstructions.js';
import { size } from '../../../../elements/sizes.js';
import { ACCESS } from '../../../../words/access.js';
import { commandsOf, type Links } from './commands.js';
import { Passkey } from './Passkey.js';

const { downloads: said } = ACCESS;

interface WayProps {
  links: Links;
  grant: string;
  contextLength: number | null;
}

export function ByBrowser({ links: { artifacts } }: WayProps) {
  return (
    <Stack gap="sm">
      <Text size="sm">{said.browserLead}</Text>
      <List listStyleType="none" spacing="sm">
        {artifacts.map(({ path, url, size: bytes, sha256 }) => (
          <List.Item key={path}>
            <Group gap="sm">
              <Anchor href={url} download size="sm" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>
                {path}
              </Anchor>
              <Text size="sm" c="dimmed">
                {size(bytes)}
              </Text>
            </Group>
            <Copyable text={sha256} label={`SHA-256 ${path}`} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

export function ByScript({ links }: WayProps) {
  return (
    <Stack gap="sm">
      <Text size="sm">{said.scriptLead}</Text>
      <Copyable block text={commandsOf(links, location.origin).script} label={said.tabs.script} />
      <Text size="sm" c="dimmed">
        {said.scriptToken}{' '}
        <PageLink to="/tokens" size="sm" underline="always">
          {said.cliToken}
        </PageLink>
      </Text>
    </Stack>
  );
}

export function ByAria2({ links }: WayProps) {
  return (
    <Stack gap="sm">
      <Text size="sm">{said.aria2Lead}</Text>
      <Copyable block text={commandsOf(links, location.origin).aria2} label={said.tabs.aria2} />
    </Stack>
  );
}

export function ByTorrent({ links, grant }: WayProps) {
  const { torrent, metalink } = commandsOf(links, location.origin);
  if (!torrent) return <Text size="sm">{said.torrentNone}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm">{said.torrentLead}</Text>
      <Anchor href={links.torrent!} size="sm" rel="noreferrer">
        {said.torrentFile}
      </Anchor>
      <Copyable block text={torrent} label={said.tabs.torrent} />
      <Text size="sm">{said.metalink}</Text>
      <Copyable block text={metalink} label={said.metalink} />
      <Passkey grant={grant} release={links.release} />
    </Stack>
  );
}

export function ByCommandLine({ links }: WayProps) {
  const { token, cli } = commandsOf(links, location.origin);
  return (
    <Stack gap="sm">
      <Text size="sm">{said.cliLead}</Text>
      <Text size="sm">
        <PageLink to="/tokens" size="sm" underline="always">
          {said.cliToken}
        </PageLink>
        {`. ${said.cliTokenNote}`}
      </Text>
      <Copyable block text={`${token}\n${cli}`} label={said.tabs.cli} />
    </Stack>
  );
}

export function ByContainer({ links: { model, release } }: WayProps) {
  return <RunInstructions model={model} release={release} />;
}
