import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { Mailbox } from '../mail/mailbox.js';

/** Everybody who publishes for the publisher $1, or administers it. */
const STAFF = `
  SELECT DISTINCT p.account_id AS account, p.email FROM role_assignment r JOIN person p ON p.account_id = r.account_id
  WHERE r.role IN ('publisher', 'admin') AND (r.scope = 'portal' OR r.publisher_id = $1)
    AND r.valid_from <= now() AND (r.valid_until IS NULL OR r.valid_until > now()) AND p.email IS NOT NULL`;

interface CapturedPolicy {
  slug: string;
  title: string;
  publisher_id: string;
  source_url: string | null;
}

/** What publishers are told of their policies' sources. */
@Injectable()
export class PolicyLetters {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly runtime: Runtime,
  ) {}

  /** A changed text that waits for a decision. */
  async pending(tx: EntityManager, policy: CapturedPolicy): Promise<void> {
    await this.tellStaff(tx, policy, {
      subject: `${policy.title} has changed at its source`,
      body: `A capture of ${policy.source_url} found another text. It binds nobody until you say from when on, or dismiss it.`,
    });
  }

  /** Once for a row of failures: the first after a capture that worked. */
  async failed(tx: EntityManager, policy: CapturedPolicy, detail: string): Promise<void> {
    await this.tellStaff(tx, policy, {
      subject: `${policy.title} could not be captured`,
      body: `${policy.source_url} did not give the policy: ${detail}\n\nWhat was in force stays in force. Captures go on by their schedule.`,
    });
  }

  private async tellStaff(
    tx: EntityManager,
    { slug, publisher_id }: CapturedPolicy,
    news: { subject: string; body: string },
  ): Promise<void> {
    const link = { label: 'See the policy', url: `${this.runtime.publicUrl}/policies/${slug}/archive` };
    for (const { account, email } of await tx.query<{ account: string; email: string }[]>(STAFF, [publisher_id]))
      await this.mailbox.keep(tx, { account, to: email, ...news, link });
  }
}
