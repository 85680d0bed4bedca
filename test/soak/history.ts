/** One thing that a client did, as the client saw it; times are milliseconds of one clock. */
export interface Operation {
  what: 'catalog' | 'sign-up' | 'request' | 'acceptance' | 'link' | 'download' | 'announce' | 'audit' | 'revocation';
  began: number;
  ended: number;
  /** The HTTP status; undefined where the connection broke before an answer was whole. */
  status: number | undefined;
  /** Of what was acknowledged: the acceptance, the request, the link, the grant that was revoked. */
  id?: string;
  /** The grant that was used. */
  grant?: string;
  /** What a refusal said. */
  said?: string;
  /** Why an answer of 2xx was wrong all the same, such as bytes of another digest. */
  wrong?: string;
}

/** From the moment that something was killed or cut until everything was asked and answered again. */
export interface Upset {
  what: string;
  from: number;
  until: number;
}

/** What the installation holds once everything is over. */
export interface Holdings {
  /** Acceptances with exactly one entry of theirs in the tree. */
  acceptances: ReadonlySet<string>;
  /** Requests that were submitted. */
  requests: ReadonlySet<string>;
  /** Links with their grant and exactly one event that tells of them. */
  links: ReadonlySet<string>;
  /** Message-IDs of the mails that arrived, each as often as it did. */
  mails: readonly string[];
  webhooks: readonly { id: string; content: string; at: number }[];
}

/** A revocation holds for new links at once, and for files within a second. */
const REVOKED_WITHIN_MS = 1000;

/** One line for each promise that was broken; none is the proof. */
export function brokenPromises(history: readonly Operation[], upsets: readonly Upset[], holdings: Holdings): string[] {
  return [
    ...lost(history, 'acceptance', holdings.acceptances),
    ...lost(history, 'request', holdings.requests),
    ...lost(history, 'link', holdings.links),
    ...history.flatMap((one) => wrongAnswer(one, upsets)),
    ...servedAfterRevocation(history),
    ...repeated(holdings.mails).map((id) => `the mail ${id} arrived twice`),
    ...doubledWebhooks(holdings.webhooks, upsets),
  ];
}

function lost(history: readonly Operation[], what: Operation['what'], held: ReadonlySet<string>): string[] {
  const acknowledged = history.filter((one) => one.what === what && succeeded(one));
  return acknowledged.filter(({ id }) => !held.has(id!)).map(({ id }) => `the ${what} ${id} was acknowledged and is not held`);
}

function wrongAnswer(operation: Operation, upsets: readonly Upset[]): string[] {
  const { what, status, began, ended, wrong, said } = operation;
  if (wrong !== undefined) return [`${what} at ${began}: ${wrong}`];
  if (status === 500) return [`${what} at ${began} was answered with 500: ${said}`];
  const failed = status === undefined || status > 500;
  const excused = upsets.some(({ from, until }) => began <= until && ended >= from);
  return failed && !excused ? [`${what} at ${began} was answered with ${status ?? 'nothing'} while nothing was upset: ${said}`] : [];
}

function servedAfterRevocation(history: readonly Operation[]): string[] {
  const revoked = new Map(history.filter((one) => one.what === 'revocation' && succeeded(one)).map(({ id, ended }) => [id!, ended]));
  const served = history.filter((one) => {
    const since = revoked.get(one.grant ?? '');
    if (since === undefined || !succeeded(one)) return false;
    return one.what === 'link' ? one.began > since : one.what === 'download' && one.began > since + REVOKED_WITHIN_MS;
  });
  return served.map(({ what, grant, began }) => `${what} at ${began} was served under the grant ${grant}, which was revoked before`);
}

/** One event is told under one id. It may come again where the first answer could get lost, and only there. */
function doubledWebhooks(webhooks: Holdings['webhooks'], upsets: readonly Upset[]): string[] {
  const ids = new Map<string, Set<string>>();
  for (const { id, content } of webhooks) ids.set(content, (ids.get(content) ?? new Set()).add(id));
  const doubled = [...ids].filter(([, of]) => of.size > 1).map(([content]) => `the webhook ${content} was told under two ids`);
  const again = webhooks.filter(({ id }, n) => {
    const first = webhooks.findIndex((one) => one.id === id);
    const { at } = webhooks[first]!;
    return first < n && !upsets.some(({ from, until }) => at >= from - REVOKED_WITHIN_MS && at <= until);
  });
  return [...doubled, ...again.map(({ id }) => `the webhook ${id} came again, though its first answer was not upset`)];
}

function succeeded({ status, wrong }: Operation): boolean {
  return status !== undefined && status < 300 && wrong === undefined;
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, n) => values.indexOf(value) < n))];
}
