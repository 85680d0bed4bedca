import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Refusal } from '@paddock/domain';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

/** zod's issues as one refusal that names every field. */
export function refusalOfIssues(issues: readonly Issue[]): Refusal {
  const fields = issues.slice(0, 50).map((issue) => ({
    field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || '(body)',
    message: issue.message,
  }));
  const detail = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new Refusal('malformed-request', detail.slice(0, 2000), { fields });
}

/** Checks whatever a route declares with `{ schema }`: bodies, queries and parameters. */
export const validation = new StandardSchemaValidationPipe({ exceptionFactory: refusalOfIssues });
