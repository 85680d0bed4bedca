import { MAX_RULES, OPERATORS, type Condition } from '@paddock/domain';
import { z } from 'zod';
import { Email, Id, Instant, text } from './fields.js';

const Scalar = z.union([text(500), z.number(), z.boolean()]);
const Operator = z.enum(Object.keys(OPERATORS) as [keyof typeof OPERATORS, ...(keyof typeof OPERATORS)[]]);
const Comparison = z.strictObject({
  fact: z.string().regex(/^(?:answers|trust)\.[A-Za-z][\w-]{0,63}$/, 'must be answers.ID or trust.NAME'),
  is: Operator,
  value: z.union([Scalar, z.array(Scalar).max(500)]).optional(),
});

/** Nested no deeper than the domain takes: a schema that knows its depth cannot be sent into a loop. */
function nested(depth: number): z.ZodType<Condition> {
  if (depth === 0) return Comparison;
  const part = nested(depth - 1);
  return z.union([
    Comparison,
    z.strictObject({ all: z.array(part).max(100) }),
    z.strictObject({ any: z.array(part).max(100) }),
    z.strictObject({ not: part }),
  ]);
}
const Condition = nested(7);

const Rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must hold lower-case letters, digits and "-"'),
  when: Condition,
  do: z.enum(['approve', 'reject', 'route']),
  reason: text(4000).optional(),
  assign: Email.optional().describe('Of `route`: the reviewer to whom the request goes'),
});
export const CreateRules = z.strictObject({ rules: z.array(Rule).min(1).max(MAX_RULES) });
export type CreateRules = z.infer<typeof CreateRules>;

const Kept = Rule.extend({ when: z.unknown(), assign: z.string().nullable().optional() });
export const RuleSet = z.strictObject({
  model: z.string(),
  n: z.int(),
  state: z.enum(['on', 'tried', 'untried']).describe('untried: needs a dry run before it can be switched on'),
  rules: z.array(Kept),
  createdAt: Instant,
});
export const SwitchRules = z.strictObject({ n: z.int().min(1).nullable().describe('null: people decide alone') });
export type SwitchRules = z.infer<typeof SwitchRules>;
export const RulesSwitched = z.strictObject({ model: z.string(), n: z.int().nullable(), state: z.enum(['on', 'off']) });

const Counts = z.strictObject({ approve: z.int(), reject: z.int(), person: z.int(), faults: z.int() });
export const DryRun = z.strictObject({
  model: z.string(),
  n: z.int(),
  requests: z.int().describe('Past requests that were looked at, the latest first'),
  counts: Counts,
  agree: z.int().describe('Decided by people as the rules would'),
  differ: z.int(),
  items: z
    .array(
      z.strictObject({
        request: Id,
        was: z.enum(['approved', 'rejected']),
        would: z.enum(['approve', 'reject', 'person']),
        rule: z.string().nullable(),
        fault: z.string().nullable(),
      }),
    )
    .describe('Those that differ and those with a fault, at most 100'),
});
export type DryRun = z.infer<typeof DryRun>;

export const TrustHints = z.strictObject({
  mailDomain: z.string().nullable(),
  institutionalMail: z.boolean(),
  orcid: z.boolean(),
  earlierGrants: z.int(),
  revokedGrants: z.int(),
  outstandingDeletions: z.int(),
  organizationRequests: z.int(),
});
export type TrustHints = z.infer<typeof TrustHints>;
