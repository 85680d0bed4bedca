import { Button, Group, Stack, Text } from '@mantine/core';
import type { AuditKindName } from '@paddock/contracts';
import { useState } from 'react';
import { fetched, OFFLINE, Refused } from '../../../api/client.js';
import { useCommand } from '../../../api/hooks.js';
import { Refusal } from '../../../elements/Refusal.js';
import { size } from '../../../elements/sizes.js';
import { AUDIT } from '../../../words/staff/audit.js';
import { queryOf, type Filters } from '../parts/filters.js';
import { saveFile } from '../parts/save-file.js';

const FORMATS = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const;
type Format = keyof typeof FORMATS;

/** Everything that the filters name, as a file: not the rows that were read so far, but all of them. */
export function Export({ kind, filters }: { kind: AuditKindName; filters: Filters }) {
  const [received, setReceived] = useState(0);
  const take = useCommand(
    async (format: Format) => {
      setReceived(0);
      const name = `${kind}-${new Date().toISOString().slice(0, 10)}.${format}`;
      saveFile(name, await bytesOf(`/api/v1/audit/${kind}?${queryOf(filters)}`, FORMATS[format], setReceived), FORMATS[format]);
      return name;
    },
    { stale: ['/audit/disclosures'] },
  );
  return (
    <Stack gap={4}>
      <Group gap="xs" role="group" aria-label={AUDIT.export}>
        <Text size="sm">{AUDIT.export}</Text>
        {(Object.keys(FORMATS) as Format[]).map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            disabled={take.running}
            onClick={() => take.run(format)}
            aria-label={`${AUDIT.export} ${AUDIT.exportAs[format]}`}
          >
            {AUDIT.exportAs[format]}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {take.running && AUDIT.exporting(size(received))}
        {take.answer && !take.running && AUDIT.exportDone(take.answer)}
      </Text>
      {take.refused && <Refusal problem={take.refused} />}
    </Stack>
  );
}

/** A browser keeps large blobs on its disk. An export that is cut breaks off: half a file is none. */
async function bytesOf(url: string, accept: string, onBytes: (received: number) => void): Promise<BlobPart[]> {
  const answer = await fetched(url, { headers: { accept } });
  const parts: BlobPart[] = [];
  let received = 0;
  try {
    const reader = answer.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value as BlobPart);
      onBytes((received += read.value.length));
    }
  } catch {
    throw new Refused(OFFLINE);
  }
  return parts;
}
