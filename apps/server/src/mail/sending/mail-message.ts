import MailComposer from 'nodemailer/lib/mail-composer';
import type { AttachedFile } from '../attachments.js';
import { letterHtml } from '../letter-html.js';
import { oneLine, subjectLine, type Section } from '../letter.js';

export interface WrittenMail {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  content: Section[];
  message_id: string;
  created_at: Date;
}

/** The message as it is sent: text and HTML of the same words (RFC 2046, section 5.1.4), marked as no person's (RFC 3834). */
export async function messageOf(mail: WrittenMail, from: string, attachments: AttachedFile[]): Promise<Buffer> {
  const subject = subjectLine(mail.subject);
  const composed = new MailComposer({
    from,
    // As an object: nothing in an address is read as a list or a name.
    to: { name: '', address: oneLine(mail.recipient) },
    subject,
    text: mail.body,
    html: letterHtml(subject, mail.content),
    messageId: mail.message_id,
    date: mail.created_at,
    attachments,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composed.compile().build();
}

/** The address alone, for the envelope. */
export function addressOf(from: string): string {
  return /<([^<>]+)>$/.exec(from)?.[1] ?? from;
}
