import type { FormField } from '@paddock/domain';
import type { Form, NoForm } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';

/** What an applicant is asked now; without a form, nothing. */
export type AskedForm = Wire<typeof Form> | Wire<typeof NoForm>;

/** A publisher's name for a field is no id of the page's own. */
export const controlId = (field: string) => `answer-${field}`;

export const labelOf = (fields: readonly FormField[], id: string): string => fields.find((field) => field.id === id)?.label ?? id;
