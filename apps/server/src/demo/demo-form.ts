import type { CreateForm } from '@paddock/contracts';

/** Every answer is optional. The license's clauses read `intendedUses`, `monthlyActiveUsers` and `country`. */
export const DEMO_FORM: CreateForm['fields'] = [
  {
    id: 'purpose',
    kind: 'long-text',
    label: 'What do you intend to do with the model?',
    help: 'Two or three sentences help the reviewer more than one word.',
    required: false,
    maxLength: 4000,
  },
  {
    id: 'intendedUses',
    kind: 'choice',
    label: 'Kind of use',
    help: 'Several may apply.',
    required: false,
    several: true,
    options: [
      { value: 'research', label: 'Research' },
      { value: 'teaching', label: 'Teaching' },
      { value: 'product', label: 'A product or service' },
    ],
  },
  {
    id: 'monthlyActiveUsers',
    kind: 'number',
    label: 'Monthly active users of all your products and services',
    help: 'Above 700 million the license asks for a special agreement.',
    required: false,
    min: 0,
    whole: true,
  },
  { id: 'organization', kind: 'organization', label: 'Where you work or study', required: false },
  {
    id: 'orcid',
    kind: 'orcid',
    label: 'ORCID iD',
    help: 'Sixteen digits in four groups, such as 0000-0002-1825-0097.',
    required: false,
  },
  { id: 'country', kind: 'country', label: 'Country in which the model will be used', required: false },
];
