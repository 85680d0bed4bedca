import { isSlug, RELEASE_NAME } from '@paddock/domain';
import { z } from 'zod';

const clean = (value: string) => value.isWellFormed() && !value.includes('\0');

/** Text of at most `max` characters that PostgreSQL and JSON can carry. */
export const text = (max: number) => z.string().max(max).refine(clean, 'must be well-formed text without NUL');
export const requiredText = (max: number) => text(max).refine((value) => value.trim().length > 0, 'must not be empty');

/** One line, such as a name that stands in the subject of a mail. */
export const line = (max: number) =>
  requiredText(max).refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), 'must be one line without control characters');

/** Of a license's body, or of a policy's text that is kept here; in characters. */
export const MAX_LEGAL_TEXT = 400_000;

export const Id = z.uuid();
export const Slug = z.string().max(64).refine(isSlug, 'must be lower-case letters, digits, "." and "-", and no word of the portal');
/** A name that may or may not exist: looked up, never refused for its form. */
export const Name = text(200).min(1);
export const ReleaseName = z.string().regex(RELEASE_NAME, 'must begin with a letter or digit and hold letters, digits, ". _ + -"');
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Instant = z.iso.datetime({ offset: true });
/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code (ISO 3166-1)');
export const Email = z.email().max(254).refine(clean);
export const Password = z.string().min(10, 'must have at least 10 characters').max(200);

const MAX_ANSWERS = 64 * 1024;
/** A form's answers: checked against the form by its own rules, here only for size and form. */
export const Answers = z
  .record(text(64), z.unknown())
  .refine((value) => JSON.stringify(value).length <= MAX_ANSWERS, `must not exceed ${MAX_ANSWERS} characters`)
  .refine((value) => !JSON.stringify(value).includes(String.raw`\u0000`), 'must not hold NUL')
  .refine((value) => JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)), 'must be well-formed text');

/** Who is bound: the person themselves, or an organization that they act for. */
export const LicenseeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('individual'), legalName: requiredText(200), country: Country }),
  z.strictObject({ kind: z.literal('organization'), id: Id }),
]);
export type LicenseeInput = z.infer<typeof LicenseeInput>;

/** Query of every list; a list is {items, nextCursor}. */
export const Paging = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Paging = z.infer<typeof Paging>;

export function listOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
