import { z } from 'zod';
import { Id, Instant, line } from '../fields.js';
import { AUDIT_KIND_NAMES, AUDIT_KINDS, type AuditKindName } from './kinds.js';

const SaveFilters = z.record(z.string().max(60), z.union([z.string().max(400), z.number(), z.boolean()]));

/** The filters are those of the kind, in its own schema; a place in the list is no filter. */
export const SaveView = z
  .strictObject({
    name: line(100),
    kind: z.enum(AUDIT_KIND_NAMES),
    filters: SaveFilters,
    shared: z.boolean().default(false).describe('With whoever audits a place that one audits too'),
  })
  .superRefine(({ kind, filters }, context) => {
    const asked = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)]));
    const { issues } = filtersOf(kind).safeParse(asked).error ?? { issues: [] };
    for (const { path, message } of issues) context.addIssue({ code: 'custom', path: ['filters', ...path], message });
  });
export type SaveView = z.infer<typeof SaveView>;

function filtersOf(kind: AuditKindName): z.ZodType {
  return (AUDIT_KINDS[kind].filters as z.ZodObject).refine((value) => value['cursor'] === undefined, {
    path: ['cursor'],
    error: 'is a place in a list, and no filter',
  });
}

export const SavedView = z.strictObject({
  id: Id,
  name: z.string(),
  kind: z.enum(AUDIT_KIND_NAMES),
  filters: SaveFilters,
  shared: z.boolean(),
  own: z.boolean(),
  createdAt: Instant,
});
