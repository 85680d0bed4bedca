import { useQuery } from '@tanstack/react-query';
import type { Refused } from '../../../api/client.js';
import { bytesOf } from '../../../api/documents.js';
import type { Presentation } from './usePresentation.js';

export type ShownDocument = Presentation['documents'][number];

interface ReadDocument {
  bytes: Uint8Array;
  /** Whether the bytes have the hash that names them; null where the browser cannot compute it (no secure context). */
  holds: boolean | null;
}

/** The exact bytes of a text, held against their hash here: what is read is what binds. */
export function useDocument({ sha256, url }: Pick<ShownDocument, 'sha256' | 'url'>) {
  return useQuery<ReadDocument, Refused>({
    queryKey: ['document held against its hash', sha256],
    queryFn: async () => {
      const bytes = await bytesOf(url);
      return { bytes, holds: await hasHash(bytes, sha256) };
    },
    staleTime: Infinity,
  });
}

async function hasHash(bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean | null> {
  if (!globalThis.crypto.subtle) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
