import { WEB_ADDRESS_PATTERN } from './answers.js';
import { COUNTRIES } from './country.js';
import { type FormField, maxLengthOf } from './field.js';

type Json = Readonly<Record<string, unknown>>;

const ORCID_PATTERN = String.raw`^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$`;
/** At least one character that is not white space. */
const NOT_EMPTY = String.raw`\S`;

/**
 * The form as JSON Schema, Draft 2020-12, so that clients can render it and check answers before they send them. It takes
 * exactly the complete answers that `faultsOf` takes, but for the check digit of an ORCID iD, which a schema cannot compute.
 */
export function formSchema(title: string, fields: readonly FormField[]): Json {
  const conditions = fields.filter(({ shownWhen }) => shownWhen).map((field) => condition(field, fields));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [field.id, { title: field.label, ...(field.help && { description: field.help }), ...schemaOf(field) }]),
    ),
    required: fields.filter(({ required, shownWhen }) => required && !shownWhen).map(({ id }) => id),
    ...(conditions.length > 0 && { allOf: conditions }),
    additionalProperties: false,
  };
}

/** Where the field is asked for it may be required; where it is not, it must be left out. */
function condition(field: FormField, fields: readonly FormField[]): Json {
  return {
    if: askedSchema(field, fields),
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: field.required ? { required: [field.id] } : {},
    else: { not: { required: [field.id] } },
  };
}

function askedSchema(field: FormField, fields: readonly FormField[]): Json {
  const { shownWhen } = field;
  const other = shownWhen && fields.find(({ id }) => id === shownWhen.field);
  if (!shownWhen || !other) return {};
  const one = { enum: [...shownWhen.in] };
  const holds = { properties: { [other.id]: other.kind === 'choice' && other.several ? { contains: one } : one }, required: [other.id] };
  return other.shownWhen ? { allOf: [holds, askedSchema(other, fields)] } : holds;
}

function schemaOf(field: FormField): Json {
  switch (field.kind) {
    case 'number':
      return {
        type: field.whole ? 'integer' : 'number',
        ...(field.min !== undefined && { minimum: field.min }),
        ...(field.max !== undefined && { maximum: field.max }),
      };
    case 'choice':
      return choiceSchema(field);
    case 'attestation':
      return field.required ? { type: 'boolean', const: true } : { type: 'boolean' };
    case 'country':
      return orEmpty(field, { type: 'string', enum: COUNTRIES });
    case 'orcid':
      return orEmpty(field, { type: 'string', pattern: ORCID_PATTERN });
    case 'url':
      return orEmpty(field, { type: 'string', format: 'uri', pattern: WEB_ADDRESS_PATTERN, maxLength: maxLengthOf(field) });
    default:
      return orEmpty(field, {
        type: 'string',
        maxLength: maxLengthOf(field),
        pattern: field.kind === 'long-text' ? NOT_EMPTY : String.raw`^[^\r\n]*\S[^\r\n]*$`,
      });
  }
}

function choiceSchema(field: Extract<FormField, { kind: 'choice' }>): Json {
  const one = { oneOf: field.options.map(({ value, label }) => ({ const: value, title: label })) };
  return field.several ? { type: 'array', items: one, uniqueItems: true, ...(field.required && { minItems: 1 }) } : one;
}

/** An optional text may be sent blank, as forms of browsers do. */
function orEmpty(field: FormField, schema: Json): Json {
  return field.required ? schema : { anyOf: [schema, { type: 'string', pattern: String.raw`^\s*$` }] };
}
