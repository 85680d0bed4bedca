import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@paddock/ledger';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Readable } from 'node:stream';
import type { PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { EventLog } from '../ledger/event-log.js';
import { indexPage } from './dossier-index.js';
import { DossierScopes, type DossierScope } from './dossier-scope.js';
import { LicenseeFiles } from './licensee-files.js';
import { ZipWriter } from './zip-writer.js';

/** One ZIP of one licensee, from one snapshot of the database; for the same state the same bytes. */
@Injectable()
export class DossierService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly scopes: DossierScopes,
    private readonly files: LicenseeFiles,
    private readonly events: EventLog,
  ) {}

  /** Each one handed out is an event, which is in none: else two of the same state would differ. */
  async of(actor: PersonActor, licensee: string): Promise<Readable> {
    const scope = await this.scopes.of(actor, licensee);
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      // All that can refuse stands before the first byte: evidence that no checkpoint covers yet.
      await this.files.refuseUnlessCovered(runner, scope);
      await this.events.append(actor, { kind: 'dossier-exported', subject: licensee });
      const zip = new ZipWriter();
      const files = this.files.of(runner, scope);
      void this.write(zip, files, runner, scope);
      return zip.output;
    } catch (error) {
      await closed(runner);
      throw error;
    }
  }

  private async write(
    zip: ZipWriter,
    files: ReturnType<LicenseeFiles['of']>,
    runner: QueryRunner,
    { licensee }: DossierScope,
  ): Promise<void> {
    try {
      for await (const { path, content } of files) await zip.add(path, content);
      const index = { type: 'paddock-dossier-v1', licensee, files: [...zip.written] };
      await zip.add('index.html', [Buffer.from(indexPage(licensee, index.files))]);
      await zip.add('index.json', [Buffer.from(canonicalJson(index))]);
      zip.end();
    } catch (error) {
      this.runtime.logger.warn({ dossier: licensee, error });
      zip.fail(error);
    } finally {
      await closed(runner);
    }
  }
}

async function closed(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction();
  await runner.release();
}
