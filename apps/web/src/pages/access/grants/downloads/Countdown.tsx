import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ACCESS } from '../../../../words/access.js';

const { downloads: said } = ACCESS;

interface Props {
  until: string;
  renewing: boolean;
  onRenew: () => void;
}

/** How long links still work, and one press to renew them. */
export function Countdown({ until, renewing, onRenew }: Props) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1000));
  const time = said.leftTime(
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  );
  return (
    <Group gap="md">
      <Text size="sm" role="timer" aria-live="off" className="numbers">
        {seconds > 0 ? said.left(time) : said.over}
      </Text>
      <Button size="xs" variant={seconds > 0 ? 'default' : 'filled'} onClick={onRenew} loading={renewing}>
        {said.renew}
      </Button>
    </Group>
  );
}
