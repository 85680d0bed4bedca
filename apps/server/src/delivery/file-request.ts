import type { FastifyRequest } from 'fastify';

/** Of a request for a file what decides which bytes are answered, and who sends them. */
export interface FileRequest {
  method: 'GET' | 'HEAD';
  range?: string | undefined;
  ifRange?: string | undefined;
  ifNoneMatch?: string | undefined;
  /** It has conditions that the portal does not judge, and others would. */
  conditional: boolean;
  /** It came through a proxy that is trusted to name the client. */
  proxied: boolean;
}

const JUDGED_ELSEWHERE = ['if-match', 'if-modified-since', 'if-unmodified-since'];

export function fileRequestOf({ method, headers, ips }: FastifyRequest): FileRequest {
  return {
    method: method === 'HEAD' ? 'HEAD' : 'GET',
    range: headers.range,
    ifRange: headers['if-range'] as string | undefined,
    ifNoneMatch: headers['if-none-match'],
    conditional: JUDGED_ELSEWHERE.some((name) => headers[name] !== undefined),
    proxied: (ips?.length ?? 0) > 1,
  };
}
