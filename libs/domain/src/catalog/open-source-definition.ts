import type { Clause, ClauseKind } from '../license/clause.js';

/** The criteria that licenses of weights fail, quoted from the Open Source Definition, version 1.9 (opensource.org/osd, CC BY 4.0). */
export const OSD_CRITERIA = {
  1: {
    title: 'Free Redistribution',
    quote:
      'The license shall not restrict any party from selling or giving away the software as a component of an aggregate software distribution containing programs from several different sources.',
  },
  5: {
    title: 'No Discrimination Against Persons or Groups',
    quote: 'The license must not discriminate against any person or group of persons.',
  },
  6: {
    title: 'No Discrimination Against Fields of Endeavor',
    quote: 'The license must not restrict anyone from making use of the program in a specific field of endeavor.',
  },
  7: {
    title: 'Distribution of License',
    quote:
      'The rights attached to the program must apply to all to whom the program is redistributed without the need for execution of an additional license by those parties.',
  },
} as const;
export type OsdCriterion = keyof typeof OSD_CRITERIA;

/** The criterion that a clause of this kind fails; null for what the definition allows. */
const FAILED_BY: Readonly<Record<ClauseKind, (parameters: Clause['parameters']) => OsdCriterion | null>> = {
  'monthly-active-users': () => 5,
  'licensee-kinds': () => 5,
  territories: () => 5,
  'prohibited-country': () => 5,
  'no-model-improvement': () => 6,
  'field-of-use': () => 6,
  'prohibited-use': () => 6,
  'incorporated-policy': () => 6,
  redistribution: ({ allowed }) => (allowed === false ? 1 : null),
  attribution: () => null,
  'flow-down': () => null,
  term: () => null,
};

export interface FailedCriterion {
  criterion: OsdCriterion;
  title: string;
  quote: string;
  /** null: the license as a whole fails it. */
  clause: Clause | null;
}

/** Every criterion that a license fails, by the clause that fails it, in the order of the license. */
export function failedCriteria(clauses: readonly Clause[], assent: 'required' | 'none'): FailedCriterion[] {
  const failed = (criterion: OsdCriterion, clause: Clause | null) => ({ criterion, ...OSD_CRITERIA[criterion], clause });
  const byClauses = clauses.flatMap((clause) => {
    const criterion = FAILED_BY[clause.kind](clause.parameters);
    return criterion === null ? [] : [failed(criterion, clause)];
  });
  // Whoever is passed the weights must agree for themselves.
  return assent === 'required' ? [...byClauses, failed(7, null)] : byClauses;
}

/** That access is gated costs openness by itself, whatever the license says. */
export const GATING_COST = {
  application: 'Not everybody may have it: somebody decides on each request, and nobody is anonymous.',
  assent: 'Everybody may have it who is known by name and accepts the license.',
  open: null,
} as const;
