import { Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { guardedFetch } from '../../http/guarded-fetch.js';
import { Runtime } from '../../http/runtime.js';
import { WitnessClient } from './witness-client.js';

const TIMEOUT_MS = 5000;

/** One client for each configured witness. */
@Injectable()
export class WitnessClients {
  readonly all: readonly WitnessClient[];

  constructor({ config }: Runtime) {
    this.all = clientsOf(config);
  }
}

/** For programs that run without the application. */
export function clientsOf(config: Config): WitnessClient[] {
  const fetch = guardedFetch({ allowPrivate: config.PADDOCK_OUTGOING_ALLOW_PRIVATE, timeoutMs: TIMEOUT_MS });
  return config.PADDOCK_LEDGER_WITNESSES.map((witness) => new WitnessClient(witness, fetch));
}
