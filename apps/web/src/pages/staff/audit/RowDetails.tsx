import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { AuditKindName } from '@paddock/contracts';
import { Dialog } from '../../../elements/Dialog.js';
import { PageLink } from '../../../elements/PageLink.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { Facts } from '../../../elements/Facts.js';
import { cell } from './cells.js';
import type { AuditRow } from './rows.js';

/** All that is recorded in one row, and where it leads. */
export function RowDetails({ kind, row, onClose }: { kind: AuditKindName; row: AuditRow; onClose: () => void }) {
  const id = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined);
  return (
    <Dialog title={`${AUDIT.kinds[kind].title}: ${AUDIT.row.toLowerCase()}`} onClose={onClose} size="lg">
      <Stack>
        <Group gap="lg">
          {kind === 'acceptances' && (
            <>
              <Anchor size="sm" href={`/api/v1/acceptances/${row.id}/evidence.json`}>
                {AUDIT.evidence}
              </Anchor>
              <Anchor size="sm" href={`/api/v1/acceptances/${row.id}/certificate.pdf`}>
                {AUDIT.certificate}
              </Anchor>
            </>
          )}
          {id('licensee') && (
            <PageLink size="sm" to="/licensees/$licensee" params={{ licensee: id('licensee')! }}>
              {AUDIT.dossier}
            </PageLink>
          )}
        </Group>
        <Facts
          of={Object.entries(row).map(([name, value]) => [label(name), value === null ? <Text span>–</Text> : cell(name, value)] as const)}
        />
      </Stack>
    </Dialog>
  );
}

/** The columns have their names; ids are called as the API calls them. */
const label = (name: string) => AUDIT.columns[name] ?? name;
