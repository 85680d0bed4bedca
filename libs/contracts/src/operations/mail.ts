import { MAIL_COMMANDS, type MailCommand } from '@paddock/domain';
import * as mail from '../mail.js';
import { listOf } from '../fields.js';
import { SystemStanding } from '../system.js';
import { get, post, type Operation } from './operation.js';

/** The outbox, how the portal stands, and how one wants one's mail. */
export const MAIL_OPERATIONS: readonly Operation[] = [
  get('/api/v1/system', 'How the portal stands, for administrators', 'person', SystemStanding),
  get('/api/v1/mail', 'Mail that was written, for administrators', 'person', listOf(mail.Mail), mail.ListMail),
  ...(Object.keys(MAIL_COMMANDS) as MailCommand[]).map((command) =>
    post(`/api/v1/mail/{id}/${command}`, MAIL_COMMANDS[command].meaning.replace(/\.$/, ''), 'person', undefined, mail.Mail, 200),
  ),
  get('/api/v1/me/mail-preferences', 'How one wants one’s mail', 'person', mail.MailPreferences),
  {
    method: 'put',
    path: '/api/v1/me/mail-preferences',
    summary: 'Say how one wants one’s mail',
    allow: 'person',
    status: 200,
    body: mail.MailPreferences,
    answer: mail.MailPreferences,
  },
];
