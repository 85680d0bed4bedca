import type { CreatePresentation, Presentation as PresentationSchema } from '@paddock/contracts';
import { useQuery } from '@tanstack/react-query';
import { call, type Refused } from '../../../api/client.js';
import type { Wire } from '../../../api/wire.js';

export type Presentation = Wire<typeof PresentationSchema>;
export type Asking = Pick<CreatePresentation, 'model' | 'licensee' | 'answers'>;

/** The shell says so where it was served to this session: the answer then stands as given on the portal's own page. */
const proof = () => document.querySelector<HTMLMetaElement>('meta[name=page-proof]')?.content;

/** Being shown an agreement is recorded, so it is asked for once, and anew only when the reader needs another. */
export function usePresentation(asking: Asking | null) {
  return useQuery<Presentation, Refused>({
    queryKey: ['presentation', asking],
    queryFn: () => {
      const page = proof();
      return call<Presentation>('POST', '/presentations', { body: { ...asking, ...(page && { page }) } });
    },
    enabled: asking !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
