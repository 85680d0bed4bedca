import { parseVerifierKey, type VerifierKey } from '@paddock/ledger';
import { z } from 'zod';
import { jsonText } from './json-setting.js';

/** The secret of an Ed25519 key (RFC 8032, section 5.1.5). */
export const ledgerKey = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

const witness = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  vkey: z.string().transform((vkey, context): VerifierKey => {
    try {
      const key = parseVerifierKey(vkey);
      if (key.type === 'cosignature') return key;
      context.addIssue({ code: 'custom', message: 'must be the vkey of a cosigner (signature type 0x04)' });
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
    return z.NEVER;
  }),
});

/** One witness of the configuration: where it is asked, and the key that its word is believed by. */
export type LedgerWitness = z.infer<typeof witness>;

/** A JSON array of {url, vkey}. */
export const ledgerWitnesses = jsonText.pipe(z.array(witness).max(15));
