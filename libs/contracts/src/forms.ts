import { MAX_FIELDS, MAX_LENGTHS } from '@paddock/domain';
import { z } from 'zod';
import { Instant, requiredText, text } from './fields.js';

export const FieldId = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must begin with a letter and hold letters, digits, "_" and "-"');
const base = {
  id: FieldId,
  label: requiredText(300),
  help: text(2000).optional(),
  required: z.boolean().default(false),
  shownWhen: z
    .strictObject({
      field: FieldId,
      in: z
        .array(z.union([text(200), z.number(), z.boolean()]))
        .min(1)
        .max(100),
    })
    .optional()
    .describe('The field is asked for when an earlier one holds one of these answers'),
};
const written = (kind: keyof typeof MAX_LENGTHS) =>
  z.strictObject({ kind: z.literal(kind), ...base, maxLength: z.int().min(1).max(MAX_LENGTHS[kind]).optional() });
export const Option = z.strictObject({ value: requiredText(100), label: requiredText(300) });

export const FormField = z.discriminatedUnion('kind', [
  written('text'),
  written('long-text'),
  written('organization'),
  written('url'),
  z.strictObject({ kind: z.literal('choice'), ...base, options: z.array(Option).min(1).max(200), several: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('number'),
    ...base,
    min: z.number().optional(),
    max: z.number().optional(),
    whole: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('country'), ...base }),
  z.strictObject({ kind: z.literal('orcid'), ...base }),
  z.strictObject({ kind: z.literal('attestation'), ...base }),
]);

export const CreateForm = z.strictObject({ fields: z.array(FormField).max(MAX_FIELDS) });
export type CreateForm = z.infer<typeof CreateForm>;

export const Form = z.strictObject({
  model: z.string(),
  n: z.int(),
  state: z.enum(['in-force', 'composed']).describe('in-force: the access terms ask for it'),
  fields: z.array(FormField),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema, Draft 2020-12, of complete answers'),
  createdAt: Instant,
});
export const NoForm = z.strictObject({ model: z.string(), n: z.null(), fields: z.array(FormField).max(0) });
