import { z } from 'zod';
import { OPERATIONS, type Operation } from './operations.js';
import { Problem } from './problems.js';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of the whole API, printed from the operations and their schemas. */
export function openApi(publicUrl: string, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) (paths[operation.path] ??= {})[operation.method] = operationObject(operation);
  return {
    openapi: '3.1.0',
    info: { title: 'Paddock', version, description: 'Distribution of model weights under their publisher’s license.' },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'paddock-session' }, token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationObject(operation: Operation): Json {
  const { summary, allow, status, body, answer } = operation;
  return {
    summary,
    description:
      allow === 'anyone'
        ? 'Open to anyone.'
        : allow === 'person'
          ? 'Needs a session.'
          : `Needs a session, or a token with the scope \`${allow}\`.`,
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(allow !== 'anyone' && { security: allow === 'person' ? [{ session: [] }] : [{ session: [] }, { token: [] }] }),
    ...(body && { requestBody: { required: !body.isOptional?.(), content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      [status]: { description: 'Done', ...(answer && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }) },
      default: {
        description: 'Refused: code, reason and remedy',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const { properties = {} } = schemaOf(query, 'input') as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

/** Dates are written as RFC 3339 text; what JSON Schema cannot say (a refinement in code) is left to the description. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return json;
}
