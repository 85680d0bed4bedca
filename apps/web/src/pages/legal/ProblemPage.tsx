import { Group, Text } from '@mantine/core';
import { PROBLEM_STATUS } from '@paddock/contracts';
import { REFUSALS, type RefusalCode } from '@paddock/domain';
import { useParams } from '@tanstack/react-router';
import { NotFound } from '../../app/Frame.js';
import { Page } from '../../elements/Page.js';
import { PageButton } from '../../elements/PageLink.js';
import { words } from '../../words/index.js';

/** What a code means and what to do next: where every refusal's `type` leads. */
export function ProblemPage() {
  const { code } = useParams({ from: '/problems/$code' });
  if (!Object.hasOwn(REFUSALS, code)) return <NotFound />;
  const { title, remedy, link } = REFUSALS[code as RefusalCode];
  return (
    <Page title={title}>
      <Text>{remedy}</Text>
      {link && (
        <Group>
          <PageButton to={link as '/'}>{words.legal.goThere}</PageButton>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {words.legal.code(code, PROBLEM_STATUS[code as RefusalCode])}
      </Text>
    </Page>
  );
}
