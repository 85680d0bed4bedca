import { useQuery } from '@tanstack/react-query';
import { fetched, type Refused } from './client.js';

/** The exact bytes of a document by its address; documents are named by their digest and never change. */
export function useDocument(url: string | null) {
  return useQuery<Uint8Array<ArrayBuffer>, Refused>({
    queryKey: ['document', url],
    queryFn: () => bytesOf(url!),
    enabled: url !== null,
    staleTime: Infinity,
  });
}

export async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  // The portal writes its public address; the page may have come by another name of the same portal.
  const { pathname, search } = new URL(url, location.href);
  const answer = await fetched(pathname + search, { headers: { accept: 'text/plain' } });
  return new Uint8Array(await answer.arrayBuffer());
}
