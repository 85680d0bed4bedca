import { OPERATORS, type Condition, type Operator, type Rule } from '@paddock/domain';

export interface DraftComparison {
  fact: string;
  is: Operator;
  /** As it is typed: one value, or one a line. */
  text: string;
  not: boolean;
}

/** What a condition begins with. */
export const FIRST: DraftComparison = { fact: 'trust.institutionalMail', is: 'equals', text: 'true', not: false };

export type DraftWhen = { mode: 'all' | 'any'; parts: DraftComparison[] } | { json: string };
export type DraftRule = Omit<Rule, 'when' | 'assign'> & { when: DraftWhen; assign: string };

/** What the fields can show: comparisons, each negated or not, side by side. Deeper ones stay JSON. */
export function draftOf(condition: Condition): DraftWhen {
  const [mode, parts] =
    'all' in condition
      ? (['all', condition.all] as const)
      : 'any' in condition
        ? (['any', condition.any] as const)
        : (['all', [condition]] as const);
  const drafts = parts.map(comparisonOf);
  if (drafts.some((draft) => draft === undefined)) return { json: JSON.stringify(condition, null, 2) };
  return { mode, parts: drafts as DraftComparison[] };
}

function comparisonOf(condition: Condition): DraftComparison | undefined {
  if ('not' in condition) {
    const inner = comparisonOf(condition.not);
    return inner && !inner.not ? { ...inner, not: true } : undefined;
  }
  if (!('fact' in condition)) return undefined;
  const { fact, is, value } = condition;
  return { fact, is, text: [value ?? []].flat().map(String).join('\n'), not: false };
}

/** Throws SyntaxError on JSON that is none. */
export function conditionOf(when: DraftWhen): Condition {
  if ('json' in when) return JSON.parse(when.json) as Condition;
  const parts = when.parts.map(({ fact, is, text, not }): Condition => {
    const comparison = { fact, is, ...valueOf(is, text, fact) };
    return not ? { not: comparison } : comparison;
  });
  return when.mode === 'all' ? { all: parts } : { any: parts };
}

const NUMERIC = new Set<Operator>(['at-least', 'at-most']);

function valueOf(is: Operator, text: string, fact: string): { value?: string | number | boolean | (string | number | boolean)[] } {
  if (is === 'present') return {};
  if (is === 'one-of')
    return {
      value: text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => typed(line, fact)),
    };
  return { value: NUMERIC.has(is) ? Number(text) : typed(text.trim(), fact) };
}

/** What was verified is compared with what it is: yes and no, a figure; an answer with what was typed, and figures are figures. */
function typed(text: string, fact: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text !== '' && !fact.endsWith('.mailDomain') && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

export const OPERATOR_NAMES = Object.keys(OPERATORS) as Operator[];

/** As they are sent. Throws SyntaxError. */
export function rulesOf(drafts: readonly DraftRule[]): object[] {
  return drafts.map(({ id, when, do: what, reason, assign }) => ({
    id,
    when: conditionOf(when),
    do: what,
    ...(reason?.trim() && { reason }),
    ...(what === 'route' && assign && { assign }),
  }));
}
