import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailPortal } from '../support/mail-portal.js';
import { describeWithPeer } from '../support/peers.js';
import type { Person } from '../support/person.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

interface Shown {
  agreement: string;
  documents: { kind: string; sha256: string }[];
}

describeWithPeer('the certificate of an acceptance', ['pdftotext', 'qpdf'], 'apt-get install poppler-utils qpdf', () => {
  const mail = new MailPortal();
  const { its } = mail;
  let folder: string;
  let ada: Person & { email: string };
  let shown: Shown;
  let acceptance: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-certificate-'));
    ada = await its.person('Ada Lovelace');
    shown = (await ada.post<Shown>('/presentations', { model: 'demo-llama-assent' })).body;
    await ada.accept('demo-llama-assent');
    acceptance = (await its.database.query<{ id: string }>('SELECT id FROM acceptance'))[0]!.id;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fetchPdf = async (who: Person, id = acceptance) => {
    const token = await who.withToken(['read']);
    const answer = await fetch(`${its.url}/api/v1/acceptances/${id}/certificate.pdf`, {
      headers: { authorization: `Bearer ${token.token}` },
    });
    return { status: answer.status, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  function wordsOf(pdf: Buffer): string {
    const file = join(folder, 'certificate.pdf');
    writeFileSync(file, pdf);
    execFileSync('qpdf', ['--check', file]);
    return execFileSync('pdftotext', ['-layout', file, '-']).toString();
  }

  test('waits for the checkpoint, then names every digest, who signed, and where the ledger holds it', async () => {
    await until('a checkpoint covers the acceptance', 30_000, async () => (await fetchPdf(ada)).status === 200);
    const { type, bytes } = await fetchPdf(ada);
    expect(type).toBe('application/pdf');
    const words = wordsOf(bytes);
    const [pinned] = await its.database.query<{ raw: string; entry: Buffer }>(
      `SELECT s.raw_sha256 AS raw, e.entry FROM agreement_policy ap JOIN snapshot s ON s.id = ap.snapshot_id, ledger_entry e
       WHERE ap.agreement_id = $1 AND e.subject_id = $2 AND e.kind = 'acceptance'`,
      [shown.agreement, acceptance],
    );
    const leaf = createHash('sha256')
      .update(Buffer.concat([Buffer.of(0), pinned!.entry]))
      .digest('hex');
    for (const digest of [shown.agreement, pinned!.raw, leaf, ...shown.documents.map(({ sha256 }) => sha256)])
      expect(words).toContain(digest);
    for (const word of ['Ada Lovelace', 'Sample Community License, version 1', 'I accept', acceptance, `${its.url}/verify`])
      expect(words).toContain(word);
  });

  test('is the same bytes for the same state', async () => {
    const [one, two] = [await fetchPdf(ada), await fetchPdf(ada)];
    expect(one.bytes.equals(two.bytes)).toBe(true);
  });

  test('is for the signer and for staff, and there is none of a decline', async () => {
    const eve = await its.person();
    expect(refusalIn(await eve.get(`/acceptances/${acceptance}/certificate.pdf`))).toBe('404 not-found');
    expect((await its.admin.get(`/acceptances/${acceptance}/certificate.pdf`)).status).toBe(200);
    const { body } = await eve.post<{ id: string }>('/presentations', { model: 'demo-llama-assent' });
    const decline = await eve.post<{ id: string }>('/acceptances', { presentation: body.id, declined: true });
    expect(refusalIn(await eve.get(`/acceptances/${decline.body.id}/certificate.pdf`))).toBe('404 not-found');
  });

  test('comes by mail with the texts that bind, once; what it carried is forgotten when it was sent', async () => {
    const isCertificate = ({ to, source }: { to: string[]; source: string }) => to.includes(ada.email) && source.includes('certificate-');
    await until('the certificate was mailed', 30_000, () => mail.smtp.received.some(isCertificate));
    const [letter, ...more] = mail.smtp.received.filter(isCertificate);
    expect(more).toEqual([]);
    const files = attachmentsOf(letter!.source);
    expect([...files.keys()]).toEqual([
      `certificate-${acceptance}.pdf`,
      'sample-community-license-version-1.md',
      expect.stringMatching(/^sample-acceptable-use-\d{4}-\d\d-\d\d\.txt$/),
    ]);
    const digests = [...files.values()].slice(1).map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(digests).toEqual(shown.documents.map(({ sha256 }) => sha256));
    expect(wordsOf(files.get(`certificate-${acceptance}.pdf`)!)).toContain(shown.agreement);
    await until('its bytes are gone', 30_000, async () => {
      const rows = await its.database.query('SELECT 1 FROM mail_attachment WHERE bytes IS NOT NULL');
      return rows.length === 0;
    });
  });
});

/** The files of a message, by name (RFC 2045: this portal's are all in base64). */
function attachmentsOf(source: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const part of source.split(/\r?\n--/)) {
    const name = /filename="?([^"\r\n]+)"?/.exec(part)?.[1];
    const body = part
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join('');
    if (name) files.set(name, Buffer.from(body, 'base64'));
  }
  return files;
}
