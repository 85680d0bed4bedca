import * as accounts from '../accounts.js';
import { listOf, Paging } from '../fields.js';
import { get, type Operation } from './operation.js';

/** The outbox. */
export const MAIL_OPERATIONS: readonly Operation[] = [
  get('/api/v1/mail', 'Mail that was written, for administrators', 'person', listOf(accounts.MailKept), Paging),
];
