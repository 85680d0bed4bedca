import { Global, Module } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { LedgerService } from './ledger.service.js';

/** Global: every feature records what it does. */
@Global()
@Module({ providers: [LedgerService, EventLog], exports: [LedgerService, EventLog] })
export class LedgerModule {}
