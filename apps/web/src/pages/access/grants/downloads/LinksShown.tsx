import { Card, Stack, Tabs, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { size, sizeOf } from '../../../../elements/sizes.js';
import { ACCESS } from '../../../../words/access.js';
import { AfterFetching } from './AfterFetching.js';
import type { Links } from './commands.js';
import { Countdown } from './Countdown.js';
import { ByAria2, ByBrowser, ByCommandLine, ByContainer, ByScript, ByTorrent } from './ways.js';

const { downloads: said } = ACCESS;
const WAYS = { browser: ByBrowser, script: ByScript, aria2: ByAria2, torrent: ByTorrent, cli: ByCommandLine, container: ByContainer };
type Way = keyof typeof WAYS;

interface Props {
  links: Links;
  grant: string;
  contextLength: number | null;
  renewing: boolean;
  onRenew: () => void;
}

/** The links of one person, until they end, in the form that each tool takes. */
export function LinksShown({ links, grant, contextLength, renewing, onRenew }: Props) {
  const [way, setWay] = useState<string | null>('browser');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="lg">
      <Card withBorder padding="md">
        <Stack gap="sm">
          <Title order={3} size="h5" tabIndex={-1} ref={heading}>
            {said.linksFor(links.artifacts.length, size(sizeOf(links.artifacts)))}
          </Title>
          <Countdown until={links.expiresAt} renewing={renewing} onRenew={onRenew} />
          <Text size="sm" c="dimmed">
            {`${said.mine} ${said.recall(links.outlivesRevocationBySeconds, links.cutsRunning)}`}
          </Text>
          <Tabs value={way} onChange={setWay} keepMounted={false}>
            <Tabs.List aria-label={said.tabsLabel}>
              {(Object.keys(WAYS) as Way[]).map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {said.tabs[name]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {(Object.entries(WAYS) as [Way, (typeof WAYS)[Way]][]).map(([name, By]) => (
              <Tabs.Panel key={name} value={name} pt="md">
                <By links={links} grant={grant} contextLength={contextLength} />
              </Tabs.Panel>
            ))}
          </Tabs>
        </Stack>
      </Card>
      <AfterFetching links={links} contextLength={contextLength} />
    </Stack>
  );
}
