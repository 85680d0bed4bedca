import { Injectable } from '@nestjs/common';
import { extractText, normalizedText } from '@paddock/capture';
import type { DataSource, EntityManager } from 'typeorm';

/** A snapshot's text as the extractor of today reads it. */
export interface KnownText {
  snapshot: string;
  mediaType: string;
  text: string;
  /** Who extracted it. */
  extractor: string;
}

interface KnownRow {
  snapshot: string;
  mediaType: string;
  bytes: Buffer;
  source_url: string | null;
}

export interface Base {
  /** The latest capture, by which a later look tells whether another came between. */
  capture: string | null;
  /** Whether that one failed. */
  failing: boolean;
  /** Whose text a new capture is held against: the last one's, or that in force. */
  last: KnownText | null;
  inForce: KnownText | null;
}

const KNOWN = `
  SELECT s.id AS snapshot, d.media_type AS "mediaType", d.bytes, p.source_url FROM snapshot s JOIN policy p ON p.id = s.policy_id
  JOIN document d ON d.sha256 = s.raw_sha256`;

/** The same words, however a page sets them. */
export const sameText = (a: string, b: string) => normalizedText(a) === normalizedText(b);

@Injectable()
export class ComparedTexts {
  /** What the policy's next capture is compared with. */
  async base(tx: EntityManager | DataSource, policy: string): Promise<Base> {
    const [latest] = await tx.query<{ id: string; outcome: string }[]>(
      'SELECT id, outcome FROM capture WHERE policy_id = $1 ORDER BY captured_at DESC, id DESC LIMIT 1',
      [policy],
    );
    const last = await this.known(
      tx,
      `${KNOWN} WHERE s.id = (SELECT coalesce(c.seen_id, s.id) FROM capture c LEFT JOIN snapshot s ON s.capture_id = c.id
         WHERE c.policy_id = $1 AND c.outcome <> 'failed' ORDER BY c.captured_at DESC, c.id DESC LIMIT 1)`,
      policy,
    );
    const inForce = await this.known(
      tx,
      `${KNOWN} WHERE s.policy_id = $1 AND s.effective_from <= now() ORDER BY s.effective_from DESC, s.captured_at DESC LIMIT 1`,
      policy,
    );
    return { capture: latest?.id ?? null, failing: latest?.outcome === 'failed', last, inForce };
  }

  /** Extracted anew: two texts are compared as one extractor reads them. */
  async ofSnapshot(tx: EntityManager | DataSource, snapshot: string): Promise<KnownText> {
    return (await this.known(tx, `${KNOWN} WHERE s.id = $1`, snapshot))!;
  }

  private async known(tx: EntityManager | DataSource, query: string, id: string): Promise<KnownText | null> {
    const [row] = await tx.query<KnownRow[]>(query, [id]);
    if (!row) return null;
    const { snapshot, mediaType, bytes, source_url } = row;
    // What was written here has no page around it.
    if (source_url === null) return { snapshot, mediaType, text: bytes.toString('utf8'), extractor: 'as-written' };
    const { text, extractor, extractorVersion } = await extractText(bytes, mediaType, source_url);
    return { snapshot, mediaType, text, extractor: `${extractor} ${extractorVersion}` };
  }
}
