import { List, Skeleton, Text } from '@mantine/core';
import type { Form, Model, PrerequisiteShown, Waiting } from '@paddock/contracts';
import { useAnswer } from '../../api/hooks.js';
import type { Wire } from '../../api/wire.js';
import { duration } from '../../elements/duration.js';
import { PageLink } from '../../elements/PageLink.js';
import { Section } from '../../elements/Section.js';
import { words } from '../../words/index.js';

const { catalog } = words;

/** What is asked before access, and how long it usually takes: known before one signs up. */
export function AskedBefore({ model: { slug, admission } }: { model: Wire<typeof Model> }) {
  const applies = admission === 'application';
  const { data: form } = useAnswer<{ fields: Wire<typeof Form>['fields'] }>(applies ? `/models/${slug}/form` : null);
  const { data: prerequisites } = useAnswer<{ items: Wire<typeof PrerequisiteShown>[] }>(`/models/${slug}/prerequisites`);
  const { data: waiting } = useAnswer<Wire<typeof Waiting>>(applies ? `/models/${slug}/waiting` : null);
  if (admission === null) return null;
  // As high as what comes, so that nothing below it jumps.
  if (!prerequisites || (applies && !(form && waiting))) return <Skeleton height={148} />;
  const asked = [
    ...(form && form.fields.length > 0 ? [catalog.askedForm(form.fields.length)] : []),
    ...prerequisites.items.map(({ meaning }) => meaning),
    ...(admission === 'open' ? [] : [catalog.askedLicense]),
  ];
  return (
    <>
      <Section title={catalog.asked}>
        {asked.length === 0 ? (
          <Text>{catalog.askedNothing}</Text>
        ) : (
          <List size="sm">
            {asked.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        )}
        {prerequisites.items.length > 0 && (
          <PageLink to="/models/$model/prerequisites" params={{ model: slug }} size="sm">
            {catalog.asked}
          </PageLink>
        )}
      </Section>
      <Section title={catalog.wait}>
        <Text size="sm">{waiting ? waitWords(waiting) : catalog.waitNone}</Text>
      </Section>
    </>
  );
}

function waitWords({ wait }: Wire<typeof Waiting>): string {
  if (!wait) return catalog.waitUnknown;
  const { median, p90, decisions } = wait;
  return catalog.waitKnown(duration(median), duration(p90), decisions);
}
