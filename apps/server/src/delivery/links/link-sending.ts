import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { gatherForLink } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import type { Actor } from '../../http/actor.js';
import type { Sending } from '../transfer.js';
import type { Download } from './download.service.js';
import { RunningTransfers } from '../progress/running-transfers.js';
import { LinkLedger } from './link-ledger.js';

/** What a transfer by link asks of the gate, and what it leaves in the events. */
@Injectable()
export class LinkSending {
  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
    private readonly links: LinkLedger,
    private readonly running: RunningTransfers,
  ) {}

  of(actor: Actor, link: string, { gathered }: Download): Sending {
    const { path } = gathered.artifact;
    const transfer = uuidv7();
    return {
      channel: 'link',
      begin: async (bytes, first) => {
        await this.links.reserve(actor, link, gathered, bytes, transfer);
        await this.links.record(actor, 'download-started', link, gathered, { path, first, bytes });
        this.running.begin(transfer, link, path);
      },
      sent: (bytes) => this.running.sent(transfer, bytes),
      stillAllowed: async () => {
        const now = await gatherForLink(this.database, link, path);
        return now !== undefined && !now.linkRevoked && this.gate.allows(now, 'link');
      },
      end: async ({ bytes, outcome }) => {
        try {
          await this.links.release(transfer, gathered, bytes);
          await this.links.record(actor, 'download-ended', link, gathered, { path, bytes, outcome });
        } finally {
          await this.running.end(transfer);
        }
      },
    };
  }
}
