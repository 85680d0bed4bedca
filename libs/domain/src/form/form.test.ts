import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { faultsOf } from './answers.js';
import { COUNTRIES } from './country.js';
import { FIELD_KINDS, type Answers, type FormField } from './field.js';
import { refuseUnfitForm } from './form.js';
import { formSchema } from './json-schema.js';
import { isOrcid } from './orcid.js';

const USE: FormField = {
  id: 'use',
  kind: 'choice',
  label: 'Use',
  required: true,
  options: [
    { value: 'research', label: 'Research' },
    { value: 'product', label: 'Product' },
  ],
};
const USERS: FormField = {
  id: 'monthlyActiveUsers',
  kind: 'number',
  label: 'Users',
  required: true,
  min: 0,
  whole: true,
  shownWhen: { field: 'use', in: ['product'] },
};
const WHERE: FormField = {
  id: 'markets',
  kind: 'choice',
  label: 'Markets',
  required: true,
  several: true,
  options: ['EU', 'US'].map((value) => ({ value, label: value })),
  shownWhen: { field: 'monthlyActiveUsers', in: [7] },
};
const FORM = [USE, USERS, WHERE];

const why = (answers: Answers, stage: 'draft' | 'complete' = 'complete', fields: readonly FormField[] = FORM) =>
  faultsOf(fields, answers, stage).map(({ field, why }) => `${field}: ${why}`);

describe('answers', () => {
  test('a complete form has no fault', () => {
    expect(why({ use: 'research' })).toEqual([]);
    expect(why({ use: 'product', monthlyActiveUsers: 7, markets: ['EU'] })).toEqual([]);
  });

  test('what is missing is named, and only where it is asked for', () => {
    expect(why({})).toEqual(['use: must be answered']);
    expect(why({ use: 'product' })).toEqual(['monthlyActiveUsers: must be answered']);
    expect(why({ use: 'product', monthlyActiveUsers: 7 })).toEqual(['markets: must be answered']);
    expect(why({}, 'draft')).toEqual([]);
  });

  test('a hidden field hides those that hang on it, and its answer is refused', () => {
    expect(why({ use: 'research', monthlyActiveUsers: 7, markets: ['EU'] })).toEqual([
      'monthlyActiveUsers: not asked for with these answers; leave it out',
      'markets: not asked for with these answers; leave it out',
    ]);
    expect(why({ use: 'research', monthlyActiveUsers: 7 }, 'draft')).toEqual([]);
  });

  test('what the form does not ask for is refused, also in a draft', () => {
    expect(why({ passport: 'file' }, 'draft')).toEqual(['passport: the form asks for nothing of this name']);
  });

  test.each<[FormField, unknown]>([
    [{ id: 'a', kind: 'text', label: 'A', required: true }, ' '],
    [{ id: 'a', kind: 'text', label: 'A', required: true }, 'two\nlines'],
    [{ id: 'a', kind: 'text', label: 'A', required: true, maxLength: 2 }, 'abc'],
    [{ id: 'a', kind: 'text', label: 'A', required: true }, 7],
    [{ id: 'a', kind: 'long-text', label: 'A', required: true, maxLength: 2 }, '🦙🦙🦙'],
    [{ id: 'a', kind: 'country', label: 'A', required: true }, 'UK'],
    [{ id: 'a', kind: 'country', label: 'A', required: true }, 'gb'],
    [{ id: 'a', kind: 'orcid', label: 'A', required: true }, '0000-0002-1825-0098'],
    [{ id: 'a', kind: 'url', label: 'A', required: true }, 'javascript:alert(1)'],
    [{ id: 'a', kind: 'url', label: 'A', required: true }, 'https://user@evil.example'],
    [{ id: 'a', kind: 'number', label: 'A', required: true }, '7'],
    [{ id: 'a', kind: 'number', label: 'A', required: true }, Number.POSITIVE_INFINITY],
    [{ id: 'a', kind: 'number', label: 'A', required: true, max: 3 }, 4],
    [{ id: 'a', kind: 'attestation', label: 'A', required: true }, false],
    [{ id: 'a', kind: 'attestation', label: 'A', required: false }, 'yes'],
    [USE, ['research']],
    [USE, 'toString'],
    [{ ...USE, several: true } as FormField, ['research', 'research']],
    [{ ...USE, several: true } as FormField, []],
  ])('%j does not take %j', (field, answer) => {
    expect(why({ [field.id]: answer }, 'complete', [field])).toHaveLength(1);
  });

  test('a field named like something that every object has is not answered by it', () => {
    expect(why({}, 'complete', [{ id: 'constructor', kind: 'text', label: 'A', required: true }])).toEqual([
      'constructor: must be answered',
    ]);
  });

  test('ORCID iDs by their check digit', () => {
    expect(['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X'].map(isOrcid)).toEqual([true, true, true]);
    expect(['0000-0002-1825-0091', '0000000218250097', 'https://orcid.org/0000-0002-1825-0097'].map(isOrcid)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('every country has a name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(COUNTRIES.filter((code) => !names.of(code))).toEqual([]);
  });
});

describe('forms', () => {
  test.each<[string, FormField[]]>([
    ['an earlier field of this name', [USE, USE]],
    ['no earlier field', [USERS, USE]],
    ['can never be', [USE, { ...USERS, shownWhen: { field: 'use', in: ['chat'] } }]],
    ['min is above max', [{ id: 'n', kind: 'number', label: 'N', required: true, min: 2, max: 1 }]],
    [
      'stands twice',
      [
        {
          ...USE,
          options: [
            { value: 'a', label: 'A' },
            { value: 'a', label: 'B' },
          ],
        } as FormField,
      ],
    ],
  ])('%s: refused', (words, fields) => {
    expect(() => refuseUnfitForm(fields)).toThrow(words);
  });
});

describe('the JSON Schema', () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false, validateFormats: false }));

  test('takes exactly the complete answers that the rules take', () => {
    fc.assert(
      fc.property(
        fc.array(anyField, { minLength: 1, maxLength: 4 }).chain((kinds) => formOf(kinds)),
        ([fields, answers]) => {
          const takes = ajv.compile(formSchema('Form', fields));
          expect({ fields, answers, valid: takes(answers) }).toEqual({
            fields,
            answers,
            valid: faultsOf(fields, answers, 'complete').length === 0,
          });
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const anyField = fc.constantFrom(...(Object.keys(FIELD_KINDS) as FormField['kind'][]));
const SAMPLES = [
  '',
  ' ',
  'one',
  'a\nb',
  'research',
  'GB',
  'XX',
  '0000-0002-1825-0097',
  'https://example.org/a',
  'ftp://x',
  3,
  3.5,
  70,
  true,
  false,
  null,
  ['one'],
  ['one', 'two'],
  [],
  {},
];
const OPTIONS = ['one', 'two'].map((value) => ({ value, label: value }));

/** A form of these kinds, each field perhaps hanging on the one before, with answers of every kind. */
function formOf(kinds: FormField['kind'][]): fc.Arbitrary<[FormField[], Answers]> {
  const flags = fc.array(fc.record({ required: fc.boolean(), hangs: fc.boolean(), several: fc.boolean(), limited: fc.boolean() }), {
    minLength: kinds.length,
    maxLength: kinds.length,
  });
  const fields = flags.map((all) => kinds.map((kind, index) => fieldOf(kind, index, all[index]!, kinds[index - 1])));
  return fields.chain((form) =>
    fc.tuple(
      fc.constant(form),
      fc.dictionary(fc.constantFrom(...form.map(({ id }) => id), 'other'), fc.constantFrom(...SAMPLES), { noNullPrototype: true }),
    ),
  );
}

function fieldOf(
  kind: FormField['kind'],
  index: number,
  flags: { required: boolean; hangs: boolean; several: boolean; limited: boolean },
  before?: FormField['kind'],
): FormField {
  const base = { id: `f${index}`, label: 'Field', required: flags.required };
  const shown =
    flags.hangs && before
      ? { shownWhen: { field: `f${index - 1}`, in: before === 'number' ? [3] : before === 'attestation' ? [true] : ['one', 'GB'] } }
      : {};
  switch (kind) {
    case 'choice':
      return { ...base, ...shown, kind, options: OPTIONS, several: flags.several };
    case 'number':
      return { ...base, ...shown, kind, ...(flags.limited && { min: 1, max: 50, whole: true }) };
    case 'country':
    case 'orcid':
    case 'attestation':
      return { ...base, ...shown, kind };
    default:
      return { ...base, ...shown, kind, ...(flags.limited && { maxLength: 2 }) };
  }
}
