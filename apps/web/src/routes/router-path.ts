import type { PAGES, PageName } from '@paddock/contracts';

/** A page's path as the router writes parameters: `/models/$model`. */
export type RouterPath<Path extends string> = Path extends `${infer Before}:${infer After}` ? `${Before}$${RouterPath<After>}` : Path;

/** Every page's path, whichever room routes it. */
export type AnyPath = { [Page in PageName]: RouterPath<(typeof PAGES)[Page]> }[PageName];

type Names<Path extends string> = Path extends `${string}$${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Path extends `${string}$${infer Name}`
    ? Name
    : never;

/** Where a link leads: a page of the table, with the parameters that its path takes. */
export type Place<Path extends AnyPath> = {
  to: Path;
  search?: Record<string, string | number | boolean | undefined>;
  hash?: string;
} & ([Names<Path>] extends [never] ? { params?: undefined } : { params: Record<Names<Path>, string> });
