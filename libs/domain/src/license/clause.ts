/** The kinds of clause that rules can act on. Each instance quotes the bytes of the license body that it stands for. */
export const CLAUSE_KINDS = {
  'monthly-active-users': 'Above this many monthly active users a special license is needed.',
  'no-model-improvement': 'Outputs must not be used to improve other models.',
  'prohibited-use': 'Uses that the license forbids.',
  'prohibited-country': 'Countries to which the license is not given.',
  'incorporated-policy': 'A policy that binds through the license.',
  attribution: 'A notice that must accompany what is passed on.',
  redistribution: 'What may be passed on, and how.',
} as const;

export type ClauseKind = keyof typeof CLAUSE_KINDS;

export interface Clause {
  kind: ClauseKind;
  parameters: Readonly<Record<string, unknown>>;
  /** Byte offsets into the body of the license version: start inclusive, end exclusive. */
  start: number;
  end: number;
}
