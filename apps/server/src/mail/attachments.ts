import type { EntityManager } from 'typeorm';
import type { Attachment } from './letter.js';

/** As a message carries it. */
export interface AttachedFile {
  filename: string;
  contentType: string;
  content: Buffer;
}

interface AttachmentRow {
  name: string;
  media_type: string;
  content: Buffer | null;
}

export async function attach(tx: EntityManager, mail: string, attachments: readonly Attachment[]): Promise<void> {
  for (const [n, { name, mediaType, ...file }] of attachments.entries())
    await tx.query('INSERT INTO mail_attachment (mail_id, n, name, media_type, sha256, bytes) VALUES ($1, $2, $3, $4, $5, $6)', [
      mail,
      n,
      name,
      mediaType,
      'sha256' in file ? file.sha256 : null,
      'bytes' in file ? file.bytes : null,
    ]);
}

/** What was taken away since is left out. */
export async function attachedTo(tx: Pick<EntityManager, 'query'>, mail: string): Promise<AttachedFile[]> {
  const rows = await tx.query<AttachmentRow[]>(
    `SELECT a.name, a.media_type, coalesce(a.bytes, d.bytes) AS content FROM mail_attachment a LEFT JOIN document d ON d.sha256 = a.sha256
     WHERE a.mail_id = $1 ORDER BY a.n`,
    [mail],
  );
  return rows.flatMap(({ name, media_type, content }) => (content ? [{ filename: name, contentType: media_type, content }] : []));
}

/** Once a letter was taken by the mail server, what it carried of a person is with its reader. */
export async function forgetAttached(tx: Pick<EntityManager, 'query'>, mail: string): Promise<void> {
  await tx.query('UPDATE mail_attachment SET bytes = NULL WHERE mail_id = $1 AND bytes IS NOT NULL', [mail]);
}
