import { useQuery } from '@tanstack/react-query';
import { OFFLINE, problemIn, Refused } from './client.js';

/** The exact bytes of a document by its address; documents are named by their digest and never change. */
export function useDocument(url: string | null) {
  return useQuery<Uint8Array<ArrayBuffer>, Refused>({
    queryKey: ['document', url],
    queryFn: async () => {
      // The portal writes its public address; the page may have come by another name of the same portal.
      const { pathname, search } = new URL(url!, location.href);
      const answer = await fetch(pathname + search, { headers: { accept: 'text/plain' } }).catch(() => {
        throw new Refused(OFFLINE);
      });
      if (!answer.ok) throw new Refused(await problemIn(answer));
      return new Uint8Array(await answer.arrayBuffer());
    },
    enabled: url !== null,
    staleTime: Infinity,
  });
}
