import type { ClauseKind } from '@paddock/domain';

type ParameterKind = 'number' | 'date' | 'words' | 'countries' | 'licensee-kinds' | 'text' | 'long-text' | 'yes' | 'policy' | 'otherwise';

export interface Parameter {
  name: string;
  kind: ParameterKind;
  label: string;
  required?: boolean;
}

const otherwise: Parameter = { name: 'otherwise', kind: 'otherwise', label: '' };
const words = (name: string, label: string, required = false): Parameter => ({ name, kind: 'words', label, required });
const yes = (name: string, label: string): Parameter => ({ name, kind: 'yes', label });

/** What each kind of clause is told beside its words; a type per kind holds it to the domain's list. */
export const CLAUSE_PARAMETERS: Readonly<Record<ClauseKind, readonly Parameter[]>> = {
  'monthly-active-users': [
    { name: 'threshold', kind: 'number', label: 'Monthly active users', required: true },
    { name: 'referenceDate', kind: 'date', label: 'Reference date (empty: the day of acceptance)' },
    otherwise,
  ],
  'no-model-improvement': [words('exceptions', 'Models that may be improved all the same'), otherwise],
  'field-of-use': [words('allowed', 'Uses that it is given for'), words('excluded', 'Uses that it is not given for'), otherwise],
  territories: [
    { name: 'allowed', kind: 'countries', label: 'Countries to which it is given' },
    { name: 'excluded', kind: 'countries', label: 'Countries to which it is not given' },
    otherwise,
  ],
  'licensee-kinds': [{ name: 'allowed', kind: 'licensee-kinds', label: 'Whom it is given to', required: true }, otherwise],
  'prohibited-use': [words('uses', 'Uses that it forbids', true), otherwise],
  'prohibited-country': [{ name: 'countries', kind: 'countries', label: 'Countries to which it is not given', required: true }, otherwise],
  attribution: [
    { name: 'notice', kind: 'long-text', label: 'Notice that every copy carries (empty: the words themselves)' },
    { name: 'file', kind: 'text', label: 'Its file (empty: NOTICE)' },
    { name: 'displayed', kind: 'text', label: 'What products must show' },
    { name: 'namePrefix', kind: 'text', label: 'How names of derived models begin' },
  ],
  'flow-down': [yes('withLicense', 'The license goes along'), yes('withPolicies', 'The policies go along')],
  redistribution: [yes('allowed', 'May be passed on'), yes('withLicense', 'Only with the license')],
  term: [
    { name: 'days', kind: 'number', label: 'Days that a grant lasts at most' },
    words('survives', 'Sections that outlive it'),
    yes('endsOnBreach', 'Ends on breach'),
  ],
  'incorporated-policy': [{ name: 'policy', kind: 'policy', label: 'Policy' }],
};
