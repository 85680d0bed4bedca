import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Id, ListMail } from '@paddock/contracts';
import type { MailCommand } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { Allow, Person, refuseWithoutRole, type PersonActor } from '../http/actor.js';
import { EventLog } from '../ledger/event-log.js';
import { Outbox } from '../mail/outbox.service.js';

/** For administrators alone: mail holds single-use links. */
@Controller('api/v1/mail')
export class OutboxController {
  constructor(
    private readonly database: DataSource,
    private readonly outbox: Outbox,
    private readonly events: EventLog,
  ) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: ListMail }) query: ListMail) {
    refuseWithoutRole(actor, 'admin');
    return this.outbox.list(query);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Allow('person')
  retry(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.command(actor, id, 'retry');
  }

  @Post(':id/send-again')
  @HttpCode(200)
  @Allow('person')
  sendAgain(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.command(actor, id, 'send-again');
  }

  private command(actor: PersonActor, id: string, command: MailCommand) {
    refuseWithoutRole(actor, 'admin');
    return this.database.transaction(async (tx) => {
      const mail = await this.outbox.command(tx, id, command);
      await this.events.append(actor, { kind: `mail-${command}`, subject: id }, tx);
      return mail;
    });
  }
}
