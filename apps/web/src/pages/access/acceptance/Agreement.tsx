import { Anchor, Box, Grid, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Agreement as AgreementSchema, License } from '@paddock/contracts';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import { ClauseSummary } from '../../../elements/legal/ClauseSummary.js';
import { ACCESS } from '../../../words/access.js';
import { words } from '../../../words/index.js';
import classes from './Agreement.module.css';
import { Contents, prefixOf } from './Contents.js';
import { Counsel } from './Counsel.js';
import { DocumentSection } from './DocumentSection.js';
import { useDocument, type ShownDocument } from './useDocument.js';
import type { Presentation } from './usePresentation.js';
import type { Report } from './useReports.js';

const { acceptance: said } = ACCESS;

interface Props {
  presentation: Presentation;
  model: string;
  report: Report;
  /** The answer, below the texts. */
  children: ReactNode;
}

/** The texts in one measured column, or side by side, with their contents and the clauses in short beside them. */
export function Agreement({ presentation: { agreement, documents }, model, report, children }: Props) {
  const [arrangement, setArrangement] = useState('order');
  const clauses = useClauses(agreement);
  const texts = documents.map((document, index) => (
    <div
      key={document.sha256}
      {...(arrangement === 'beside' && { className: classes.beside, tabIndex: 0, role: 'group', 'aria-label': document.title })}
    >
      <DocumentSection document={document} clauses={document.kind === 'license' ? clauses : []} prefix={prefixOf(index)} report={report} />
    </div>
  ));
  const aside = (
    <Stack gap="xl">
      <Contents documents={documents} />
      <InShort document={documents.find(({ kind }) => kind === 'license')} clauses={clauses} />
      <Counsel agreement={agreement} model={model} />
    </Stack>
  );
  return (
    <Stack gap="lg">
      <Group gap="lg">
        <Anchor href="#answer" size="sm">
          {said.toAnswer}
        </Anchor>
        {documents.length > 1 && (
          <SegmentedControl
            visibleFrom="md"
            size="xs"
            aria-label={said.arrangement}
            value={arrangement}
            onChange={setArrangement}
            data={[
              { value: 'order', label: said.inOrder },
              { value: 'beside', label: said.sideBySide },
            ]}
          />
        )}
      </Group>
      {arrangement === 'beside' ? (
        <>
          <SimpleGrid cols={{ base: 1, md: 2 }}>{texts}</SimpleGrid>
          {children}
          {aside}
        </>
      ) : (
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Box className={classes.aside} tabIndex={0} role="group" aria-label={words.legal.contents} visibleFrom="lg">
              {aside}
            </Box>
            <Box component="details" hiddenFrom="lg">
              <Text component="summary" fw={600} mb="sm">
                {said.asideNarrow}
              </Text>
              {aside}
            </Box>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Stack gap={48}>
              {texts}
              {children}
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Stack>
  );
}

/** The clauses of the license version that the agreement holds. */
function useClauses(id: string): Wire<typeof License>['versions'][number]['clauses'] {
  const agreement = useAnswer<Wire<typeof AgreementSchema>>(`/agreements/${id}`);
  const license = useAnswer<Wire<typeof License>>(agreement.data ? `/licenses/${agreement.data.license}` : null);
  return license.data?.versions.find(({ n }) => n === agreement.data?.version)?.clauses ?? [];
}

type Clauses = Parameters<typeof ClauseSummary>[0]['clauses'];

function InShort({ document, clauses }: { document: ShownDocument | undefined; clauses: Clauses }) {
  if (!document || clauses.length === 0) return null;
  return <Summary document={document} clauses={clauses} />;
}

function Summary({ document, clauses }: { document: ShownDocument; clauses: Clauses }) {
  const { data } = useDocument(document);
  return data ? <ClauseSummary clauses={clauses} bytes={data.bytes} /> : null;
}
