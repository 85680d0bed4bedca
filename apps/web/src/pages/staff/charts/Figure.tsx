import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { Suspense, useState, type ReactNode } from 'react';
import { CHARTS } from '../../../words/staff/audit.js';
import { Rows } from '../../../elements/Rows.js';
import { saveFile } from '../parts/save-file.js';
import { Section } from '../../../elements/Section.js';
import { csv } from './csv.js';

export interface Figures {
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

interface Props {
  title: string;
  lead?: string;
  figures: Figures;
  /** Of the file. */
  name: string;
  /** The plot, whose code is loaded when one is shown. */
  children: ReactNode;
}

/** A plot, what it says in words, and the figures behind it as a table and as a file. */
export function Figure({ title, lead, figures: { head, rows }, name, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Paper withBorder p="md">
      <Section
        title={title}
        {...(lead && { lead })}
        action={
          <Group gap="xs">
            <Button
              size="compact-xs"
              variant="default"
              aria-expanded={open}
              aria-label={`${open ? CHARTS.hide : CHARTS.data}: ${title}`}
              onClick={() => setOpen(!open)}
            >
              {open ? CHARTS.hide : CHARTS.data}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${CHARTS.csv}: ${title}`}
              onClick={() => saveFile(`${name}.csv`, [csv(head, rows)], 'text/csv')}
            >
              {CHARTS.csv}
            </Button>
          </Group>
        }
      >
        {rows.length === 0 ? (
          <Text c="dimmed">{CHARTS.none}</Text>
        ) : (
          <Stack>
            <Suspense fallback={<Skeleton height={220} />}>{children}</Suspense>
            {open && (
              <Rows
                caption={title}
                columns={head.map((label, index) => ({
                  head: label,
                  cell: (row: readonly (string | number | null)[]) => shown(row[index]!),
                  numeric: typeof rows[0]![index] === 'number',
                }))}
                items={rows}
                keyOf={(row) => row.join('|')}
                minWidth={320}
                maxHeight={360}
              />
            )}
          </Stack>
        )}
      </Section>
    </Paper>
  );
}

const shown = (value: string | number | null) => (typeof value === 'number' ? value.toLocaleString() : value);
