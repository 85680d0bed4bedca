import type { AccessRequestListed } from '@paddock/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refused } from '../../../api/client.js';
import { useAnswer } from '../../../api/hooks.js';
import type { Person } from '../../../api/person.js';
import type { Wire } from '../../../api/wire.js';
import { Loaded } from '../../../elements/Loaded.js';
import { useSearchText } from '../../../elements/useSearchText.js';
import type { AskedForm } from '../form/fields.js';
import type { Organizations } from '../form/LicenseeChoice.js';
import type { Asked, Request } from './draft.js';
import { RequestForm } from './RequestForm.js';
import { UnderWay } from './UnderWay.js';

type Listed = Wire<typeof AccessRequestListed>;

/** What a request begins with. */
export interface Beginning {
  /** The draft, or the returned request, that is gone on with. */
  open: Request | undefined;
  /** Of a renewal: what is renewed. */
  before: Request | undefined;
  organizations: Organizations;
  underWay: Listed[];
}

const EDITABLE = new Set(['draft', 'returned']);
const UNDER_WAY = new Set(['submitted', 'in-review', 'appealed']);

/** Reads once what there is already; from then on the form is the reader's. */
export function BegunRequest({ person, asked }: { person: Person; asked: Asked }) {
  const [named] = useState(useSearchText('request'));
  const form = useAnswer<AskedForm>(`/models/${asked.model}/form`);
  const beginning = useQuery<Beginning, Refused>({
    queryKey: ['beginning of a request', asked, named],
    queryFn: () => begin(asked, named),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded of={beginning}>
      {(begun) => (
        <Loaded of={form}>
          {(shown) => (
            <>
              <UnderWay requests={begun.underWay} />
              {mayAsk(begun, asked) && (
                <RequestForm person={person} asked={asked} beginning={begun} form={shown} readFormAgain={form.refetch} />
              )}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** For oneself there is one open request of a kind; whoever has organizations may ask for another of them. */
const mayAsk = ({ open, underWay, organizations }: Beginning, { kind }: Asked) =>
  open !== undefined || organizations.length > 0 || !underWay.some((one) => one.kind === kind);

async function begin({ model, kind, previous }: Asked, named: string | undefined): Promise<Beginning> {
  const [{ items: requests }, { items: organizations }] = await Promise.all([
    call<{ items: Listed[] }>('GET', `/access-requests?model=${encodeURIComponent(model)}&limit=200`),
    call<{ items: Organizations }>('GET', '/organizations'),
  ]);
  // The draft that the address names, else the newest of this kind.
  const found = requests.find((one) => EDITABLE.has(one.state) && (named === undefined ? one.kind === kind : one.id === named));
  const [open, before] = await Promise.all([
    found && call<Request>('GET', `/access-requests/${found.id}`),
    previous && !found ? call<Request>('GET', `/access-requests/${previous}`) : undefined,
  ]);
  return { open, before, organizations, underWay: requests.filter(({ state }) => UNDER_WAY.has(state)) };
}
