import { outcomeOf } from './outcome.js';

const fault = (responseCode: number | undefined, command: string) =>
  Object.assign(new Error('Closed\r\nby them'), { command, ...(responseCode && { responseCode, response: `${responseCode} says\r\nso` }) });

test.each([
  [undefined, 'CONN', false, 'retry'],
  [535, 'AUTH PLAIN', false, 'retry'],
  [550, 'MAIL FROM', false, 'retry'],
  [450, 'RCPT TO', false, 'retry'],
  [550, 'RCPT TO', false, 'refused'],
  [554, 'DATA', false, 'retry'],
  [undefined, 'CONN', true, 'unconfirmed'],
  [421, 'DATA', true, 'retry'],
  [451, 'DATA', true, 'retry'],
  [554, 'DATA', true, 'refused'],
] as const)('%s at %s, with the whole message given: %s, is %s', (code, command, whole, kind) => {
  expect(outcomeOf(fault(code, command), whole)).toEqual({ kind, words: code ? `${code} says so` : 'Closed by them' });
});
