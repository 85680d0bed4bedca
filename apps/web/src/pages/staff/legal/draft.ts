import type { CreateLicenseVersion, LicenseVersion, ShownClause } from '@paddock/contracts';
import { CHANNELS } from '@paddock/domain';
import type { Wire } from '../../../api/wire.js';
import { AT_ONCE, bindingOf, type Binding } from './binding.js';

export type DraftClause = { kind: string; parameters: Record<string, unknown>; quote: string };
export type Draft = Omit<CreateLicenseVersion, 'clauses' | keyof Binding> & Binding & { clauses: DraftClause[] };

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A new version begins as the one before: most of it stays. When it binds is thought about anew. */
export function draftFrom(version: Wire<typeof LicenseVersion> | undefined, bytes: Uint8Array | undefined): Draft {
  if (!version || !bytes)
    return {
      text: '',
      assent: 'required',
      coverage: 'organization',
      channels: [...CHANNELS],
      clauses: [],
      policies: [],
      attestations: [],
      surface: 'any',
      ...AT_ONCE,
    };
  const { assent, coverage, channels, policies, attestations, surface, spdx } = version;
  return {
    text: decoder.decode(bytes),
    assent,
    coverage,
    channels: channels as Draft['channels'],
    clauses: version.clauses.map((clause) => quoted(clause, bytes)),
    policies,
    attestations,
    surface,
    ...(spdx && { spdx }),
    ...AT_ONCE,
  };
}

function quoted({ kind, parameters, start, end }: Wire<typeof ShownClause>, bytes: Uint8Array): DraftClause {
  return { kind, parameters, quote: decoder.decode(bytes.subarray(start, end)) };
}

/** Clauses are found by their words, which must stand in the text exactly once. */
export function standsOnce(text: string, quote: string): boolean {
  const first = text.indexOf(quote);
  return quote !== '' && first !== -1 && text.indexOf(quote, first + 1) === -1;
}

/** Where they stand, in bytes, as the API gives them back later. */
export function rangeOf(text: string, quote: string): { start: number; end: number } | undefined {
  if (!standsOnce(text, quote)) return undefined;
  const start = encoder.encode(text.slice(0, text.indexOf(quote))).length;
  return { start, end: start + encoder.encode(quote).length };
}

/** As it is sent. */
export function versionOf({ effectiveFrom, reacceptance, reacceptFrom, ...text }: Draft): Record<string, unknown> {
  return { ...text, ...bindingOf({ effectiveFrom, reacceptance, reacceptFrom }) };
}
