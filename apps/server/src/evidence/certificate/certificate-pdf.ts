import { StampedDocument } from '@paddock/capture';
import { SURFACES } from '@paddock/domain';
import { hashLeaf, toBase64, type Checkpoint } from '@paddock/ledger';
import { encode } from 'uqr';
import type { PersonalPart } from '../../grants/acceptance/acceptance-fact.js';
import type { CertificateFacts, PinnedPolicy } from './certificate-facts.js';

/** What the certificate tells besides the rows: who signed (null once erased), and where the ledger holds it. */
export interface CertificateContext {
  facts: CertificateFacts;
  personal: PersonalPart | null;
  checkpoint: Checkpoint;
  publicUrl: string;
}

const ERASED = 'erased since; the digests below still prove that the acceptance was made';
/** In points: about five centimeters, which a telephone reads from paper. */
const QR_SIDE = 140;

/** The certificate for people: every digest that binds, and how to check it without trusting the portal. The same state gives the same bytes. */
export function certificatePdf({ facts, personal, checkpoint, publicUrl }: CertificateContext): Promise<Buffer> {
  const document = new StampedDocument({
    title: `Certificate of acceptance ${facts.id}`,
    at: facts.created_at,
    head: [`Certificate of acceptance ${facts.id}`, publicUrl],
    foot: [`Accepted ${facts.created_at.toISOString()} (UTC)`, `Agreement SHA-256 ${facts.agreement}`],
  });
  document.heading('Certificate of acceptance');
  document.paragraph(
    `This certifies that the portal at ${publicUrl} showed the documents below to the signer named here, who accepted them expressly. ` +
      'What binds is the exact bytes with these digests, whatever stands at any address today.',
  );
  parties(document, facts, personal);
  documents(document, facts);
  screen(document, facts);
  ledger(document, facts, checkpoint);
  checking(document, facts, publicUrl);
  return document.finish();
}

function parties(document: StampedDocument, facts: CertificateFacts, personal: PersonalPart | null): void {
  document.heading('Who agreed to what', 2);
  document.entry('Signed by', personal?.typedName ?? ERASED);
  document.entry('Licensee', facts.licensee_name ?? ERASED);
  document.entry('Licensor', facts.publisher);
  document.entry('Model', facts.release ? `${facts.model}, release ${facts.release}` : facts.model);
  document.entry('Accepted', `${facts.created_at.toISOString()} (UTC)`);
  if (facts.joins) document.entry('Joins the organization’s acceptance', facts.joins);
}

function documents(document: StampedDocument, facts: CertificateFacts): void {
  document.heading('The agreement, by its digests (SHA-256)', 2);
  document.entry('Agreement', facts.agreement);
  document.entry(`${facts.license}, version ${facts.version}`, facts.body_sha256);
  for (const policy of facts.policies) pinned(document, policy);
}

function pinned(document: StampedDocument, { title, capturedAt, textSha256, rawSha256 }: PinnedPolicy): void {
  document.entry(`${title}: the text, captured ${new Date(capturedAt).toISOString()}`, textSha256);
  document.entry(`${title}: the bytes of the capture`, rawSha256);
}

function screen(document: StampedDocument, { surface, presented_at, screen: shown, attestations }: CertificateFacts): void {
  document.heading('What was on the screen', 2);
  document.entry('Shown', `${presented_at.toISOString()} (UTC), through ${SURFACES[surface]}`);
  document.entry('The words above the button', shown.label);
  document.entry('The button', shown.button);
  for (const { id, text } of shown.attestations) document.entry(attestations[id] ? 'Confirmed' : 'Not confirmed', text);
  if (shown.page) {
    document.entry('The page’s template (SHA-256)', shown.page.template);
    document.entry('What the page loaded (SHA-256)', shown.page.build);
  }
}

function ledger(document: StampedDocument, { entry, index }: CertificateFacts, { origin, size, root }: Checkpoint): void {
  document.heading('Where the ledger holds it', 2);
  document.entry('Ledger', origin);
  document.entry('Entry', `${index}, with the leaf hash ${Buffer.from(hashLeaf(entry)).toString('hex')}`);
  document.entry('Covered by the checkpoint', `of ${size} entries, with the root hash ${toBase64(root)}`);
}

function checking(document: StampedDocument, { id }: CertificateFacts, publicUrl: string): void {
  document.nextPage().heading('How to check it', 2);
  document.paragraph('The evidence file proves all of this offline, without trusting the portal. Keep it with this certificate.');
  document.entry('The evidence file', `${publicUrl}/api/v1/acceptances/${id}/evidence.json`);
  document.entry('On any machine', `npx paddock verify evidence-${id}.json`);
  document.entry(
    'Or in a browser, which then asks the portal nothing: drop the file on the page that this code leads to',
    `${publicUrl}/verify`,
  );
  document.cells(encode(`${publicUrl}/verify`, { ecc: 'M', border: 4 }).data, QR_SIDE);
}
