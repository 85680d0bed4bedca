import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { KEY_BYTES } from '../keyring/key-ring.js';
import { knownSecrets, type PortalSecret, type SecretSettings } from '../keyring/portal-secrets.js';
import type { Purpose } from '../keyring/purposes.js';
import { ProgramRefusal } from '../program.js';
import { RING_KEYS, type RingKeyName } from './ring-keys.js';

/** Rotations come one after another; whoever reads or seals goes on meanwhile. */
const ALONE = 'LOCK TABLE portal_key IN SHARE ROW EXCLUSIVE MODE';
const FORMER = `UPDATE portal_key SET accepted_until = least(accepted_until, now() + make_interval(secs => $2)) WHERE purpose = $1`;

/** What a rotation needs to know of the configuration. */
export type RotationSettings = SecretSettings & { PADDOCK_SESSION_HOURS: number };

/** A new generation of each of the name's keys. */
export async function rotateRingKey(tx: EntityManager, settings: RotationSettings, name: RingKeyName, immediately: boolean): Promise<void> {
  await tx.query(ALONE);
  const { purposes, hours, effect, atOnce } = RING_KEYS[name];
  for (const purpose of purposes) {
    const [newest] = await tx.query<{ n: number; secret_id: string; since: Date }[]>(
      'SELECT n, secret_id, secret_since AS since FROM portal_key WHERE purpose = $1 ORDER BY n DESC LIMIT 1',
      [purpose],
    );
    const { n, secret_id: id, since } = newest!;
    if (hours) await tx.query(FORMER, [purpose, immediately ? 0 : hours(settings.PADDOCK_SESSION_HOURS) * 3600]);
    // Under the secret that the others are under: while it changes, not every process may know the new one.
    const material = secretNamed(settings, id).wrap(purpose, n + 1, randomBytes(KEY_BYTES));
    await tx.query('INSERT INTO portal_key (purpose, n, material, secret_id, secret_since) VALUES ($1, $2, $3, $4, $5)', [
      purpose,
      n + 1,
      material,
      id,
      since,
    ]);
  }
  for (const statement of (immediately ? atOnce : effect) ?? []) await tx.query(statement);
}

/** Seals every key under another secret; returns how many there were. Whoever has read them goes on with them. */
export async function sealUnder(tx: EntityManager, settings: SecretSettings, secret: PortalSecret): Promise<number> {
  await tx.query(ALONE);
  const rows = await tx.query<{ purpose: Purpose; n: number; material: Buffer; secret_id: string }[]>(
    'SELECT purpose, n, material, secret_id FROM portal_key WHERE secret_id <> $1',
    [secret.id],
  );
  for (const { purpose, n, material, secret_id: id } of rows) {
    const key = secretNamed(settings, id).unwrap(purpose, n, material);
    await tx.query('UPDATE portal_key SET material = $3, secret_id = $4, secret_since = now() WHERE purpose = $1 AND n = $2', [
      purpose,
      n,
      secret.wrap(purpose, n, key),
      secret.id,
    ]);
  }
  return rows.length;
}

function secretNamed(settings: SecretSettings, id: string): PortalSecret {
  const secret = knownSecrets(settings).find((one) => one.id === id);
  if (secret) return secret;
  throw new ProgramRefusal(
    'wrong-secret',
    'the portal’s keys are sealed under a secret that is not known here',
    'Give PADDOCK_SECRET, or PADDOCK_PREVIOUS_SECRET while it changes, as the other processes have it.',
  );
}
