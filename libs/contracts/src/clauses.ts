import { CLAUSE_ROUTES, LICENSEE_KINDS } from '@paddock/domain';
import { z } from 'zod';
import { Country, line, Name, requiredText, text } from './fields.js';

const MAX_LISTED = 300;
const Words = z.array(line(200)).min(1).max(MAX_LISTED);
const Countries = z.array(Country).min(1).max(MAX_LISTED);
const otherwise = z
  .enum(CLAUSE_ROUTES)
  .optional()
  .describe('What becomes of whom the clause speaks against; without it, as the kind of the clause says');

const quote = requiredText(20_000).describe('Words of the body that the clause stands for; they must occur in it exactly once');

const clause = <K extends string, P extends z.ZodRawShape>(kind: K, parameters: P) =>
  z.strictObject({ kind: z.literal(kind), parameters: z.strictObject(parameters), quote });

/** Of clauses whose words alone may say it all. */
const optionally = <K extends string, P extends z.ZodRawShape>(kind: K, parameters: P) =>
  z.strictObject({ kind: z.literal(kind), parameters: z.strictObject(parameters).default({} as never), quote });

/** Each kind of clause with the parameters that it takes. */
export const Clause = z.discriminatedUnion('kind', [
  clause('monthly-active-users', {
    threshold: z.int().min(1),
    referenceDate: z.iso.date().optional().describe('The calendar month before it counts; without it, the one before the acceptance'),
    otherwise,
  }),
  optionally('no-model-improvement', {
    exceptions: Words.optional().describe('Models, or kinds of model, that may be improved all the same'),
    otherwise,
  }),
  clause('field-of-use', { allowed: Words.optional(), excluded: Words.optional(), otherwise }),
  clause('territories', { allowed: Countries.optional(), excluded: Countries.optional(), otherwise }),
  clause('licensee-kinds', { allowed: z.array(z.enum(LICENSEE_KINDS)).min(1), otherwise }),
  clause('prohibited-use', { uses: Words, otherwise }),
  clause('prohibited-country', { countries: Countries, otherwise }),
  optionally('attribution', {
    notice: requiredText(2000).optional().describe('The text that every copy must carry; without it, the quoted words'),
    file: line(100).optional().describe('Its file; without it, NOTICE'),
    displayed: line(200).optional().describe('What products must show, such as “Built with …”'),
    namePrefix: line(100).optional().describe('How the names of derived models must begin'),
  }),
  optionally('flow-down', { withLicense: z.boolean().optional(), withPolicies: z.boolean().optional() }),
  optionally('redistribution', { allowed: z.boolean().optional(), withLicense: z.boolean().optional() }),
  optionally('term', {
    days: z.int().min(1).max(36_500).optional().describe('No grant lasts longer'),
    survives: z.array(line(200)).max(50).optional().describe('The sections that outlive it'),
    endsOnBreach: z.boolean().optional(),
  }),
  optionally('incorporated-policy', { policy: Name.optional() }),
]);

export const ShownClause = z.strictObject({
  kind: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  start: z.int(),
  end: z.int(),
});

/** The clause that speaks against somebody, in the words of the license. */
export const QuotedClause = ShownClause.extend({ quote: text(20_000) });
