import { Inject, Injectable } from '@nestjs/common';
import { ENDED_AT_ONCE, type PortalKeyName } from '@paddock/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Runtime } from '../http/runtime.js';
import { EventLog, type Origin } from '../ledger/event-log.js';
import { ProgramRefusal } from '../program.js';
import { keyStandings, newestCheckpoint, type KeyPlace } from './key-standings.js';
import { endPreviousLedgerKey, rotateLedgerKey } from './ledger-rotation.js';
import { isRingKey } from './ring-keys.js';
import { rotateRingKey } from './ring-rotation.js';
import { rotateSecret } from './secret-rotation.js';

/** Rotates keys by name, from the page and from the command. Each rotation is an event. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: DataSource,
    private readonly events: EventLog,
    @Inject(Runtime) private readonly place: KeyPlace,
  ) {}

  standings() {
    return keyStandings(this.database, this.place);
  }

  async standingOf(name: PortalKeyName) {
    const { items } = await this.standings();
    const standing = items.find((one) => one.name === name);
    if (!standing) throw new ProgramRefusal('no-key', `this portal has no key ${name}`, 'Look at `paddock keys list`.');
    return standing;
  }

  /** Throws ProgramRefusal where it is not for the portal to do, or not now. */
  async rotate(origin: Origin, name: PortalKeyName, immediately: boolean, allowed = (_: EntityManager) => Promise.resolve()) {
    if (immediately && !ENDED_AT_ONCE.includes(name))
      throw new ProgramRefusal(
        'not-at-once',
        `the former key ${name} cannot be refused at once`,
        `Rotate it without that; of these it can: ${ENDED_AT_ONCE.join(', ')}.`,
      );
    const done = (tx: EntityManager) => this.events.append(origin, { kind: 'key-rotated', detail: { key: name, immediately } }, tx);
    if (isRingKey(name)) {
      await this.database.transaction(async (tx) => {
        await allowed(tx);
        await rotateRingKey(tx, this.place.config, name, immediately);
        await done(tx);
      });
    } else if (name === 'secret') {
      await this.refuseUnlessHere(name);
      await this.database.transaction(allowed);
      await rotateSecret(this.database, this.place.config, done);
    } else {
      await this.refuseUnlessHere(name);
      await this.database.transaction(async (tx) => {
        await allowed(tx);
        await done(tx);
        rotateLedgerKey(this.place.config);
      });
    }
    await this.place.keys.refresh();
    return this.standingOf(name);
  }

  /** The ledger's former key signs no more: the one whose overlap somebody outside decides. */
  async endFormerLedgerKey(origin: Origin): Promise<void> {
    const newest = await newestCheckpoint(this.database);
    if (newest === undefined) throw new ProgramRefusal('nothing-to-end', 'the ledger has signed nothing yet', 'Leave it as it is.');
    await this.database.transaction(async (tx) => {
      await this.events.append(origin, { kind: 'key-ended', detail: { key: 'ledger' } }, tx);
      endPreviousLedgerKey(this.place.config, newest);
    });
  }

  private async refuseUnlessHere(name: PortalKeyName): Promise<void> {
    const { rotates, steps } = await this.standingOf(name);
    if (rotates === 'here') return;
    const next = steps.find(({ state }) => state === 'next')?.text ?? 'Follow the steps of `paddock keys list`.';
    throw new ProgramRefusal('key-configured', `the configuration gives the key ${name}`, next);
  }
}
