import { Injectable } from '@nestjs/common';
import type { RepositoryName } from '@paddock/delivery';
import type { Sending } from '../../delivery/transfer.js';
import { FRESH_MS } from '../../database/believed-answers.js';
import { ImagePulls } from './image-pulls.js';
import { PullGate, type Admission, type Wanted } from './pull-gate.js';
import { PullLedger, type Pull } from './pull-ledger.js';
import { RegistryCallers } from './registry-callers.js';
import { Repositories } from './repositories.js';

/** What a transfer of a blob asks of the gate, and what it leaves in the events. */
@Injectable()
export class BlobSending {
  constructor(
    private readonly callers: RegistryCallers,
    private readonly repositories: Repositories,
    private readonly gate: PullGate,
    private readonly ledger: PullLedger,
    private readonly images: ImagePulls,
  ) {}

  of(pull: Pull, name: RepositoryName, wanted: Wanted, admission: Admission): Sending {
    return {
      channel: 'oci',
      // What is licensed is recorded before its first byte; of an image, what became of each layer is enough.
      begin: async (bytes, first) => {
        if (wanted.kind === 'release') await this.ledger.record('pull-started', pull, admission, { first, bytes });
      },
      stillAllowed: async () => {
        const caller = await this.callers.again(pull.caller, FRESH_MS);
        await this.gate.admit(
          caller,
          wanted.kind === 'runtime' ? { kind: 'runtime', runtime: await this.repositories.find(name, FRESH_MS) } : wanted,
          FRESH_MS,
        );
        return true;
      },
      end: async ({ bytes, outcome }) => {
        if (wanted.kind === 'release') await this.ledger.record('pull-ended', pull, admission, { bytes, outcome });
        else this.images.ended(pull, admission, { bytes, outcome });
      },
    };
  }
}
