import { z } from 'zod';

/** A setting that is JSON in a text. Its fault never says what stands there, for secrets do. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON array' });
    return z.NEVER;
  }
});
