// Verifies an evidence file where it is: in this browser, asking nobody. Built into one script with the rules that the
// portal and `paddock verify` run.
import { verifyEvidence, type EvidenceCheck } from '@paddock/ledger';

const MARKS: Readonly<Record<EvidenceCheck['state'], string>> = { ok: '✓', failed: '✗ failed', unknown: '? open' };

const form = document.querySelector<HTMLFormElement>('[data-verify]')!;
const output = document.querySelector<HTMLElement>('[data-checks]')!;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void show();
});

async function show(): Promise<void> {
  const [file] = form.querySelector<HTMLInputElement>('[type=file]')!.files ?? [];
  if (!file) return;
  const vkeys = form.querySelector('textarea')!.value.split(/\s+/).filter(Boolean);
  const checks = verifyEvidence(new Uint8Array(await file.arrayBuffer()), vkeys.length > 0 ? { trustedKeys: vkeys } : {});
  const holds = checks.every(({ state }) => state !== 'failed');
  const verdict = paragraph(holds ? 'The evidence holds.' : 'The evidence does not hold.');
  verdict.className = holds ? 'done' : 'problem';
  output.replaceChildren(verdict, ...checks.map(({ name, state, sentence }) => paragraph(`${MARKS[state]} ${name}: ${sentence}`)));
}

/** Text is only ever set as text. */
function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement('p');
  made.textContent = text;
  return made;
}
