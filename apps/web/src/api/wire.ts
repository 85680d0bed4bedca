import type { z } from 'zod';

/** What a contract's schema carries on the wire. Import the schema as a type: `Wire<typeof Model>`. */
export type Wire<Schema extends z.ZodType> = z.output<Schema>;
