/** What a publisher can ask for. There is no file: an applicant's papers are not Paddock's to keep. */
export const FIELD_KINDS = {
  text: 'One line of text.',
  'long-text': 'Several lines of text.',
  choice: 'One of the options that the field lists, or several where it says so.',
  country: 'A country by its two letters (ISO 3166-1).',
  organization: 'The name of an organization.',
  orcid: 'An ORCID iD, its check digit included. What is typed proves nothing; the prerequisite does.',
  url: 'An address that begins with https:// or http://.',
  number: 'A number, whole where the field says so.',
  attestation: 'A statement that the applicant confirms.',
} as const;

/** The field is asked for when the earlier field holds one of these answers. */
export interface Visibility {
  field: string;
  in: readonly (string | number | boolean)[];
}

interface FieldBase {
  /** Names the answer; rules and clauses speak of it by this name. */
  id: string;
  label: string;
  help?: string | undefined;
  required: boolean;
  shownWhen?: Visibility | undefined;
}

export type FormField = FieldBase &
  (
    | { kind: 'text' | 'long-text' | 'organization' | 'url'; maxLength?: number | undefined }
    | { kind: 'choice'; options: readonly { value: string; label: string }[]; several?: boolean | undefined }
    | { kind: 'number'; min?: number | undefined; max?: number | undefined; whole?: boolean | undefined }
    | { kind: 'country' | 'orcid' | 'attestation' }
  );

export type Answers = Readonly<Record<string, unknown>>;

/** Where a field sets no limit of its own, in characters. */
export const MAX_LENGTHS = { text: 500, 'long-text': 10_000, organization: 300, url: 2000 } as const;

export function maxLengthOf(field: Extract<FormField, { maxLength?: number | undefined }>): number {
  return field.maxLength ?? MAX_LENGTHS[field.kind];
}
