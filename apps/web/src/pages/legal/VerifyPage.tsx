import { Alert, FileInput, List, Paper, Stack, Text, Textarea, ThemeIcon } from '@mantine/core';
import { verifyEvidence, type EvidenceCheck } from '@paddock/ledger';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { Page } from '../../elements/Page.js';
import { words } from '../../words/index.js';

const { legal } = words;
const LOOKS = { ok: ['green', IconCheck], failed: ['red', IconX], unknown: ['gray', IconQuestionMark] } as const;

/** Verifies an evidence file where it is, with the rules that the portal and `paddock verify` run; nobody is asked. */
export function VerifyPage() {
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array } | null>(null);
  const [keys, setKeys] = useState('');
  const take = async (chosen: File | null | undefined) =>
    setFile(chosen ? { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) } : null);
  const trustedKeys = keys.split(/\s+/).filter(Boolean);
  const checks = file && verifyEvidence(file.bytes, trustedKeys.length > 0 ? { trustedKeys } : {});
  return (
    <Page title={legal.verify} lead={legal.verifyLead}>
      <Paper
        withBorder
        p="xl"
        data-drop
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      >
        <Stack>
          <FileInput
            label={legal.verifyDrop}
            placeholder={legal.verifyChoose}
            accept=".json,application/json"
            clearable
            clearButtonProps={{ 'aria-label': legal.verifyClear }}
            onChange={(chosen) => void take(chosen)}
          />
          <Textarea
            label={legal.verifyKeys}
            description={legal.verifyKeysHelp}
            autosize
            minRows={2}
            value={keys}
            onChange={({ currentTarget }) => setKeys(currentTarget.value)}
          />
        </Stack>
      </Paper>
      {checks && <Verdict name={file.name} checks={checks} />}
      <Text size="sm" c="dimmed">
        {legal.verifyOffline}
      </Text>
    </Page>
  );
}

function Verdict({ name, checks }: { name: string; checks: EvidenceCheck[] }) {
  const holds = checks.every(({ state }) => state !== 'failed');
  return (
    <Stack role="status" gap="sm">
      <Alert color={holds ? 'green' : 'red'} title={holds ? legal.verifyHolds : legal.verifyFails}>
        {name}
      </Alert>
      <List spacing="xs" center>
        {checks.map(({ name: check, state, sentence }) => {
          const [color, Icon] = LOOKS[state];
          return (
            <List.Item
              key={check}
              icon={
                <ThemeIcon color={color} size={22} radius="xl" aria-label={legal.check[state]}>
                  <Icon size={14} />
                </ThemeIcon>
              }
            >
              <Text size="sm">
                <strong>{`${legal.check[state]}: ${check}. `}</strong>
                {sentence}
              </Text>
            </List.Item>
          );
        })}
      </List>
    </Stack>
  );
}
