import { z } from 'zod';

/** A setting that is on or off. */
export const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });
