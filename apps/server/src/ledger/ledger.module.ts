import { Global, Module } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { LedgerService } from './ledger.service.js';
import { Integrator } from './log/integrator.service.js';
import { LogController } from './log/log.controller.js';
import { LogStanding } from './log/log-standing.js';
import { PublicLog } from './log/public-log.service.js';
import { CosignatureRows } from './witnesses/cosignature-rows.js';
import { Cosigning } from './witnesses/cosigning.service.js';
import { WitnessClients } from './witnesses/witness-clients.js';
import { WitnessedPast } from './witnesses/witnessed-past.js';

/** Global: every feature records what it does. */
@Global()
@Module({
  controllers: [LogController],
  providers: [LedgerService, EventLog, Integrator, LogStanding, PublicLog, Cosigning, CosignatureRows, WitnessClients, WitnessedPast],
  exports: [LedgerService, EventLog, PublicLog, LogStanding],
})
export class LedgerModule {}
