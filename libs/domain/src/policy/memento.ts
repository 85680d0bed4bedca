/**
 * Memento (RFC 7089) for policies: the original resource is the policy's address, its mementos are the snapshots that were
 * in force, and a memento's datetime is when it came into force.
 */
export interface MementoAddresses {
  original: string;
  timegate: string;
  timemap: string;
}

export function mementoAddresses(origin: string, slug: string): MementoAddresses {
  const original = `${origin}/policies/${slug}`;
  return { original, timegate: `${original}/timegate`, timemap: `${original}/timemap` };
}

/** RFC 9110 section 5.6.7, in the one form that RFC 7089 section 2.1.1 takes. */
const RFC_1123 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The moment of an `Accept-Datetime` header; undefined where it is none (RFC 7089 section 4.5.3 answers 400). */
export function acceptDatetime(header: string): Date | undefined {
  const text = header.trim();
  const time = RFC_1123.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 31 Feb for 3 March.
  return Number.isNaN(time) || httpDate(new Date(time)).slice(5) !== text.slice(5) ? undefined : new Date(time);
}

/** Whole seconds: what is lost was never asked for, since requests carry no more. */
export function httpDate(time: Date): string {
  return time.toUTCString();
}

const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})$/;

/** The moment of a capture as it stands in a snapshot's address: YYYYMMDDhhmmssSSS, in UTC. */
export function capturedDigits(time: Date): string {
  return time.toISOString().replaceAll(/\D/g, '');
}

/** From such digits, or from an RFC 3339 time; undefined where it is neither. */
export function capturedMoment(text: string): Date | undefined {
  const rfc3339 = text.replace(DIGITS, '$1-$2-$3T$4:$5:$6.$7Z');
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(rfc3339)) return undefined;
  const time = new Date(rfc3339);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** A typed link of RFC 8288; in `attributes` `rel` comes first. */
export interface TypedLink {
  url: string;
  rel: string;
  attributes?: Readonly<Record<string, string>>;
}

/** As a Link header, and as application/link-format (RFC 6690 section 2, RFC 7089 section 5). */
export function linkFormat(links: readonly TypedLink[], separator = ', '): string {
  return links
    .map(({ url, rel, attributes = {} }) =>
      [`<${url}>`, ...Object.entries({ rel, ...attributes }).map(([name, value]) => `${name}="${value.replaceAll(/["\\]/g, '')}"`)].join(
        '; ',
      ),
    )
    .join(separator);
}
