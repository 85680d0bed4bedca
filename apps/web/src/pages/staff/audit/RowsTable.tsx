import { Text, UnstyledButton } from '@mantine/core';
import type { AuditKindName } from '@paddock/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { AUDIT } from '../../../words/staff/audit.js';
import classes from './audit.module.css';
import { cell } from './cells.js';
import { KIND_PAGES } from './kinds.js';
import type { AuditRow, AuditRows } from './rows.js';

const ROW_HEIGHT = 40;
const SEALED_COLUMNS = [
  ['typedName', 180],
  ['address', 140],
  ['userAgent', 260],
] as const;

interface Props {
  kind: AuditKindName;
  sealed: boolean;
  rows: AuditRows;
  more: boolean;
  reading: boolean;
  onMore: () => void;
  onOpen: (row: AuditRow) => void;
}

/** A table of any length: only the rows to be seen are in the page, and the next ones are read before the end is reached. */
export function RowsTable({ kind, sealed, rows, more, reading, onMore, onOpen }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const columns = [...KIND_PAGES[kind].columns, ...(sealed ? SEALED_COLUMNS : [])];
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !reading && last >= rows.count - 100) onMore();
  }, [last, more, reading, rows.count, onMore]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = columns.reduce((sum, [, pixels]) => sum + pixels, 0);
  return (
    <div ref={place} className={classes.place} tabIndex={0} role="group" aria-label={AUDIT.kinds[kind].title}>
      <table className={classes.table} style={{ width }} aria-rowcount={more ? -1 : rows.count + 1}>
        <colgroup>
          {columns.map(([name, pixels]) => (
            <col key={name} style={{ width: pixels }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(([name]) => (
              <th key={name} scope="col" data-numeric={name === 'bytes'}>
                {AUDIT.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map(({ index }) => {
            const row = rows.at(index);
            return (
              <tr key={row.id} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
                {columns.map(([name], column) => (
                  <td key={name} data-numeric={name === 'bytes'}>
                    {column === 0 ? (
                      <UnstyledButton className={classes.open!} onClick={() => onOpen(row)} title={AUDIT.open}>
                        {cell(name, row[name])}
                      </UnstyledButton>
                    ) : (
                      cell(name, row[name])
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
      {reading && (
        <Text size="sm" c="dimmed" p="xs">
          {AUDIT.reading}
        </Text>
      )}
    </div>
  );
}
