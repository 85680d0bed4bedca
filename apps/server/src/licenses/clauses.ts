import type { CreateLicenseVersion } from '@paddock/contracts';
import { Refusal, type Clause } from '@paddock/domain';

/** Finds the quoted words of every clause in the body: a clause that stands for nothing in the text cannot bind. */
export function locateClauses(body: Buffer, clauses: CreateLicenseVersion['clauses']): Clause[] {
  return clauses.map(({ kind, parameters, quote }, index) => {
    const words = Buffer.from(quote, 'utf8');
    const start = body.indexOf(words);
    const unique = start >= 0 && body.indexOf(words, start + 1) < 0;
    if (!unique) {
      throw new Refusal('malformed-request', `clauses.${index}.quote: these words must occur in the text exactly once`, {
        fields: [`clauses.${index}.quote`],
      });
    }
    return { kind, parameters, start, end: start + words.length };
  });
}
