import { holds, RuleFault, type RuleFacts } from './condition.js';
import type { Rule } from './rule-set.js';

export type Verdict =
  | { decision: 'approve' | 'reject'; rule: string; reason: string | undefined }
  | { decision: 'person'; rule: string | null; assign?: string | undefined; fault?: string | undefined };

const NO_RULE: Verdict = Object.freeze({ decision: 'person', rule: null });

/**
 * What the first rule that holds makes of a request. Where none holds, one cannot be evaluated, or two people must approve
 * (a rule is nobody), a person decides.
 */
export function evaluateRules(rules: readonly Rule[], facts: RuleFacts, requiredApprovals: 1 | 2): Verdict {
  for (const rule of rules) {
    const held = heldBy(rule, facts);
    if (held instanceof RuleFault) return { decision: 'person', rule: rule.id, fault: held.message };
    if (!held) continue;
    if (rule.do === 'route' || (rule.do === 'approve' && requiredApprovals > 1))
      return { decision: 'person', rule: rule.id, ...(rule.assign !== undefined && { assign: rule.assign }) };
    return { decision: rule.do, rule: rule.id, reason: rule.reason };
  }
  return NO_RULE;
}

function heldBy({ when }: Rule, facts: RuleFacts): boolean | RuleFault {
  try {
    return holds(when, facts);
  } catch (error) {
    if (error instanceof RuleFault) return error;
    throw error;
  }
}
