import { Injectable } from '@nestjs/common';
import { guardedFetch } from '../../http/guarded-fetch.js';
import { Runtime } from '../../http/runtime.js';
import { WitnessClient } from './witness-client.js';

const TIMEOUT_MS = 5000;

/** One client for each configured witness. */
@Injectable()
export class WitnessClients {
  readonly all: readonly WitnessClient[];

  constructor({ config }: Runtime) {
    const fetch = guardedFetch({ allowPrivate: config.PADDOCK_OUTGOING_ALLOW_PRIVATE, timeoutMs: TIMEOUT_MS });
    this.all = config.PADDOCK_LEDGER_WITNESSES.map((witness) => new WitnessClient(witness, fetch));
  }
}
