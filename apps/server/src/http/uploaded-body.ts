import { Refusal } from '@paddock/domain';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

/** The body of a route that takes bytes as they are. */
export function uploadedBody(request: FastifyRequest): Readable {
  // Fastify parses no body of no bytes; an empty file has one.
  const body = request.headers['content-length'] === '0' ? Readable.from([]) : request.body;
  if (!(body instanceof Readable)) throw new Refusal('unsupported-media-type', 'Send the file as application/octet-stream.');
  return body;
}

/** Where the body of a resumable upload begins. */
export function uploadOffset(header: string | undefined): number {
  if (!/^\d{1,15}$/.test(header ?? ''))
    throw new Refusal('malformed-request', 'Upload-Offset must say where the body begins.', { fields: ['upload-offset'] });
  return Number(header);
}
