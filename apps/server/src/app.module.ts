import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from './accounts/accounts.module.js';
import { connectionOptions } from './database/connection.js';
import { HealthController } from './http/health.controller.js';
import { Idempotency } from './http/idempotency.js';
import { ProblemFilter } from './http/problem-filter.js';
import { Runtime } from './http/runtime.js';
import { LedgerModule } from './ledger/ledger.module.js';

/** The ground floor, then the features in the order in which they may know one another. */
@Module({})
export class AppModule {
  static with(runtime: Runtime, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({ ...connectionOptions(databaseUrl, runtime.config.PADDOCK_DATABASE_POOL), autoLoadEntities: true }),
        LedgerModule,
        AccountsModule,
      ],
      controllers: [HealthController],
      providers: [
        { provide: Runtime, useValue: runtime },
        { provide: APP_FILTER, useValue: new ProblemFilter(() => runtime.publicUrl) },
        { provide: APP_INTERCEPTOR, useClass: Idempotency },
      ],
      exports: [Runtime],
    };
  }
}
