import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import type { Manifest, Release } from '@paddock/contracts';
import { call } from '../../api/client.js';
import { useCommand } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { Copyable } from '../../elements/Copyable.js';
import { Moment } from '../../elements/Moment.js';
import { Refusal } from '../../elements/Refusal.js';
import { size, sizeOf } from '../../elements/sizes.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';

const { catalog } = words;
type Openness = Wire<typeof Release>['openness'];

interface Props {
  model: string;
  release: string;
  artifacts: Wire<typeof Release>['artifacts'];
  admission: Openness['gate']['admission'];
}

/** What is open to everyone, had without an account: all of an open model, the public files of others. */
export function PublicLinks({ model, release, artifacts, admission }: Props) {
  const open = admission === 'open' ? artifacts : artifacts.filter(({ access }) => access === 'public');
  const issue = useCommand(() => call<Wire<typeof Manifest>>('POST', `/models/${model}/releases/${release}/links`, { body: {} }), {
    stale: [],
  });
  if (open.length === 0 || admission === null) return null;
  return (
    <Section title={catalog.publicLinks} id="links">
      {issue.refused && <Refusal problem={issue.refused} onRetry={() => issue.run()} />}
      {issue.answer ? (
        <Links manifest={issue.answer} />
      ) : (
        <Group>
          <Button variant={admission === 'open' ? 'filled' : 'default'} loading={issue.running} onClick={() => issue.run()}>
            {`${catalog.next.open} (${size(sizeOf(open))})`}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Links({ manifest: { artifacts, expiresAt, script, aria2 } }: { manifest: Wire<typeof Manifest> }) {
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">
        {catalog.publicLinksUntil} <Moment at={expiresAt} as="time" />.
      </Text>
      {artifacts.map(({ path, url, size: bytes }) => (
        <Anchor key={path} href={url} download size="sm">
          {`${path} (${size(bytes)})`}
        </Anchor>
      ))}
      <Copyable block text={`curl -fsSL '${script}' | sh`} label={catalog.script} />
      <Anchor href={aria2} size="sm">
        {catalog.aria2}
      </Anchor>
    </Stack>
  );
}
