import type { ObjectStore } from '@paddock/storage';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { KeyRing } from '../keyring/key-ring.js';
import type { Tracing } from '../telemetry/tracing.js';
import type { Metrics } from './metrics.js';

/** What main makes before the application: the outside world that features are given. */
export abstract class Runtime {
  abstract readonly config: Config;
  abstract readonly keys: KeyRing;
  abstract readonly store: ObjectStore;
  abstract readonly logger: Logger;
  abstract readonly metrics: Metrics;
  abstract readonly tracing: Tracing;
  /** No trailing slash; known once the port is. */
  abstract publicUrl: string;
  /** Set as soon as the server is asked to stop. */
  abstract stopping: boolean;
  /** Aborted when the server has waited long enough for running downloads. */
  abstract readonly closing: AbortSignal;
  abstract now(): Date;
}
