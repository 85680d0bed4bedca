/** What a licensee is reminded of, and how many days before it is too late. docs/generated/states.md is printed from it. */
export const REMINDERS = [
  { kind: 'acceptance-10', of: 'acceptance', daysBefore: 10, meaning: 'An approval lapses unless the agreement is accepted.' },
  { kind: 'acceptance-3', of: 'acceptance', daysBefore: 3, meaning: 'The same, for the last time.' },
  { kind: 'renewal-30', of: 'renewal', daysBefore: 30, meaning: 'The grant ends; a renewal can be asked for.' },
  { kind: 'renewal-7', of: 'renewal', daysBefore: 7, meaning: 'The same, for the last time.' },
] as const;

export type Reminder = (typeof REMINDERS)[number];

/** How long a licensee has to state that the copies are deleted, in days. */
export const DELETION_DAYS = 30;
