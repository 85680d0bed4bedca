import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { contactsOf, type Contact } from '../../accounts/licensees/contacts.js';
import { Runtime } from '../../http/runtime.js';
import { Sweeps } from '../../jobs/sweeps.js';
import { PublicLog } from '../../ledger/log/public-log.service.js';
import type { Attachment } from '../../mail/letter.js';
import { Mailbox } from '../../mail/mailbox.js';
import { certificateFacts, type CertificateFacts } from './certificate-facts.js';
import { CertificateService } from './certificate.service.js';

/** Whose entry has an index is covered within a second. */
const DUE = `
  SELECT c.acceptance_id AS id, i.index FROM certificate_letter c
  JOIN ledger_entry e ON e.subject_id = c.acceptance_id AND e.kind = 'acceptance' JOIN entry_index i ON i.entry_id = e.id
  WHERE c.told_at IS NULL ORDER BY c.acceptance_id LIMIT 100`;

/** Mails the certificate with the agreement's texts: the copy that licensees keep, whatever becomes of the portal. */
@Injectable()
export class CertificateLetters implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly log: PublicLog,
    private readonly certificates: CertificateService,
    private readonly mailbox: Mailbox,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'certificate-letters', everyMs: 1000, run: () => this.tellAll() });
  }

  private async tellAll(): Promise<number> {
    const due = await this.database.query<{ id: string; index: string }[]>(DUE);
    const size = due.length > 0 ? ((await this.log.checkpoint())?.size ?? 0n) : 0n;
    let told = 0;
    for (const { id, index } of due) {
      if (this.runtime.stopping || BigInt(index) >= size) continue;
      try {
        told += await this.database.transaction((tx) => this.tell(tx, id));
      } catch (error) {
        // One that cannot be made now stops no other; it stays due.
        this.runtime.logger.warn({ acceptance: id, error }, 'a certificate could not be mailed');
      }
    }
    return told;
  }

  private async tell(tx: EntityManager, id: string): Promise<number> {
    const due = await tx.query<unknown[]>(
      'SELECT FROM certificate_letter WHERE acceptance_id = $1 AND told_at IS NULL FOR UPDATE SKIP LOCKED',
      [id],
    );
    if (due.length === 0) return 0;
    const facts = (await certificateFacts(this.database, id))!;
    const attachments = [
      { name: `certificate-${id}.pdf`, mediaType: 'application/pdf', bytes: (await this.certificates.settled(id))! },
      ...agreementFiles(facts),
    ];
    for (const { account, email } of await this.readers(tx, facts))
      await this.mailbox.keep(tx, { account, about: facts.signer, to: email, ...this.letter(facts), attachments });
    await tx.query('UPDATE certificate_letter SET told_at = now() WHERE acceptance_id = $1', [id]);
    return 1;
  }

  /** The licensee and whoever signed; a member's own acceptance that joins the organization's is theirs alone. */
  private async readers(tx: EntityManager, { signer, licensee, joins }: CertificateFacts): Promise<Contact[]> {
    const [own] = await tx.query<Contact[]>('SELECT account_id AS account, email FROM person WHERE account_id = $1 AND email IS NOT NULL', [
      signer,
    ]);
    const officers = joins === null ? await contactsOf(tx, licensee) : [];
    return [...(own ? [own] : []), ...officers.filter(({ account }) => account !== signer)];
  }

  private letter({ id, model, license, version, agreement }: CertificateFacts) {
    return {
      subject: `Certificate of your acceptance: ${license}, version ${version}`,
      body:
        `You accepted ${license}, version ${version}, for ${model}. Attached are the certificate and the texts that bind you, as they were shown. ` +
        `Keep them: together they are the agreement with the SHA-256 ${agreement}.\n\nThe evidence file, which proves the acceptance offline, is at the address below.`,
      link: { label: 'The evidence file', url: `${this.runtime.publicUrl}/api/v1/acceptances/${id}/evidence.json` },
    };
  }
}

/** The texts of the agreement, each named so that its reader can tell them apart. */
function agreementFiles({ license, version, body_sha256, policies }: CertificateFacts): Attachment[] {
  const text = 'text/plain; charset=utf-8';
  return [
    { name: `${fileName(license)}-version-${version}.md`, mediaType: text, sha256: body_sha256 },
    ...policies.map(({ slug, capturedAt, textSha256 }) => ({
      name: `${slug}-${capturedAt.slice(0, 10)}.txt`,
      mediaType: text,
      sha256: textSha256,
    })),
  ];
}

function fileName(title: string): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return name || 'license';
}
