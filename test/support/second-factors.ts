import { setTimeout } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { Authenticator } from './authenticator.js';
import { PASSWORD, Person, type Answer } from './person.js';

export interface EnrolledTotp {
  id: string;
  /** The code of a moment, in steps of 30 s from now. */
  code(step?: number): string;
  recoveryCodes: string[] | undefined;
}

const STEP_MS = 30_000;
/** What a test does with a code takes less. */
const ENOUGH_MS = 3000;

/** Sets up time-based codes; the code of the step before has been used for it, so that this moment's is still there. */
export async function enrollTotp(person: Person): Promise<EnrolledTotp> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < ENOUGH_MS) await setTimeout(left);
  const begun = await person.post<{ secret: string }>('/me/second-factors/totp');
  const secret = Secret.fromBase32(begun.body.secret);
  const code = (step = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + step * STEP_MS });
  const { status, body, text } = await person.post<{ id: string; recoveryCodes?: string[] }>('/me/second-factors/totp/confirm', {
    code: code(-1),
  });
  if (status !== 201) throw new Error(`cannot set up codes: ${text}`);
  return { id: body.id, code, recoveryCodes: body.recoveryCodes };
}

export async function enrollPasskey(person: Person, name = 'Laptop', authenticator = new Authenticator(person.portal)) {
  const { body: options } = await person.post<{ challenge: string }>('/me/second-factors/passkeys/options');
  const response = authenticator.register(options);
  const answer = await person.post<{ id: string; recoveryCodes?: string[] }>('/me/second-factors/passkeys', { name, response });
  return { authenticator, answer };
}

/** Signs in with the passkey alone. */
export async function signInByPasskey(browser: Person, authenticator: Authenticator): Promise<Answer> {
  const { body } = await browser.post<{ challenge: string }>('/session/passkey/options');
  return browser.post('/session/passkey', { response: authenticator.assert(body) });
}

/** Gives the passkey as second factor. */
export async function givePasskey(browser: Person, authenticator: Authenticator): Promise<Answer> {
  const { body } = await browser.post<{ challenge: string }>('/session/second-factor/passkey-options');
  return browser.post('/session/second-factor', { method: 'passkey', response: authenticator.assert(body) });
}

/** A browser that gave the password and has yet to give the second factor. */
export async function halfSignedIn(portal: string, email: string): Promise<Person> {
  const browser = new Person(portal);
  const { body, text } = await browser.post('/session', { email, password: PASSWORD });
  if (body['state'] !== 'second-factor-required') throw new Error(`not half signed in: ${text}`);
  return browser;
}
