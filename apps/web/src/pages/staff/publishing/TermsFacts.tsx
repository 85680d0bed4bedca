import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { PutTerms } from '@paddock/contracts';
import { PREREQUISITES } from '@paddock/domain';
import { PARTS } from '../../../words/staff/parts.js';
import { PUBLISHING } from '../../../words/staff/publishing.js';
import { Facts } from '../../../elements/Facts.js';

interface Props {
  terms: PutTerms;
  /** Before they hold, whoever puts them in force reads them once more. */
  check?: { putting: boolean; onPut: () => void; onBack: () => void };
}

export function TermsFacts({ terms, check }: Props) {
  const facts = (
    <Facts
      of={[
        [PUBLISHING.admission, PUBLISHING.admissions[terms.admission]],
        [PUBLISHING.license, terms.license],
        ...(terms.admission === 'application' ? ([[PUBLISHING.approvals, terms.approvals]] as const) : []),
        [PUBLISHING.grantDays, terms.grantDays ?? PARTS.noEnd],
        [PUBLISHING.form, terms.form ? PUBLISHING.formVersion(terms.form) : PUBLISHING.formNone],
        [PUBLISHING.prerequisites, (terms.prerequisites ?? []).map(({ kind }) => PREREQUISITES[kind].meaning).join(' ') || PARTS.none],
      ]}
    />
  );
  if (!check) return facts;
  return (
    <Paper withBorder p="md" maw={760}>
      <Stack>
        <Text fw={600} component="h3">
          {PUBLISHING.check}
        </Text>
        <Text size="sm">{PUBLISHING.checkLead}</Text>
        {facts}
        {terms.admission !== 'application' && <Alert color="yellow">{PUBLISHING.closesRequests}</Alert>}
        <Group>
          <Button loading={check.putting} onClick={check.onPut}>
            {PUBLISHING.putTerms}
          </Button>
          <Button variant="default" onClick={check.onBack}>
            {PUBLISHING.goBack}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
