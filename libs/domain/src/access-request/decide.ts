import { Refusal } from '../refusal.js';
import { TRANSITIONS, type RequestActor, type RequestCommandName, type RequestState } from './states.js';

export interface RequestFacts {
  state: RequestState;
  /** Counts submissions; answers of one round are decided on together. */
  round: number;
  /** Milliseconds since the epoch; null while there was no rejection. */
  appealUntil: number | null;
  appealed: boolean;
  answersHash: string;
  licenseVersion: string;
  requiredApprovals: 1 | 2;
  /** Accounts that approved this round's answers. */
  approvals: readonly string[];
  /** Who rejected last; null while nobody did. */
  rejectedBy: string | null;
  /** Whether somebody else than that account could decide. */
  otherReviewers: boolean;
}

export interface RequestCommand {
  name: RequestCommandName;
  reason?: string | undefined;
  /** What the reviewer had before their eyes. */
  seen?: { licenseVersion?: string | undefined; answersHash?: string | undefined } | undefined;
}

export interface RequestAuthor {
  account: string;
  acting: RequestActor;
  /** The applicant, or a member of the applying organization. */
  own: boolean;
}

export interface RequestOutcome {
  state: RequestState;
  round: number;
  /** Set when a further approval is needed: the state stays in review. */
  awaitsApproval: boolean;
}

/** What the command makes of the request, or a Refusal. Pure: the table says who may, this says whether these facts allow it. */
export function decideRequest(facts: RequestFacts, command: RequestCommand, author: RequestAuthor, now: number): RequestOutcome {
  const transition = TRANSITIONS[command.name];
  if (!transition.by.includes(author.acting)) {
    throw new Refusal('role-missing', `\`${command.name}\` is for: ${transition.by.join(', ')}.`);
  }
  if (!transition.from.includes(facts.state)) {
    throw new Refusal('request-state', `\`${command.name}\` works from ${transition.from.join(', ')}; this request is ${facts.state}.`, {
      state: facts.state,
    });
  }
  if (transition.reason === 'required' && !command.reason?.trim()) {
    throw new Refusal('malformed-request', `\`${command.name}\` needs a reason that the other side can act on.`, { fields: ['reason'] });
  }
  if (author.acting === 'reviewer') refuseUnfitReviewer(facts, command, author);
  if (facts.appealed && (command.name === 'approve' || command.name === 'reject')) refuseUnfitJudge(facts, author);
  if (command.name === 'appeal') refuseLateAppeal(facts, now);

  const round = command.name === 'submit' ? facts.round + 1 : facts.round;
  const awaitsApproval = command.name === 'approve' && approvalsWith(facts, author.account) < facts.requiredApprovals;
  const state = transition.to === 'same' ? facts.state : transition.to;
  return { state: awaitsApproval ? 'in-review' : state, round, awaitsApproval };
}

function refuseUnfitReviewer(facts: RequestFacts, command: RequestCommand, author: RequestAuthor): void {
  if (author.own) throw new Refusal('own-request', 'This request is yours or your organization’s.');
  const { seen } = command;
  const changed =
    (seen?.answersHash !== undefined && seen.answersHash !== facts.answersHash) ||
    (seen?.licenseVersion !== undefined && seen.licenseVersion !== facts.licenseVersion);
  if (changed) {
    throw new Refusal('seen-outdated', 'The answers or the license version are not the ones that you saw.', {
      state: facts.state,
      answersHash: facts.answersHash,
      licenseVersion: facts.licenseVersion,
    });
  }
  if (command.name === 'approve' && facts.approvals.includes(author.account)) {
    throw new Refusal('request-state', 'You approved these answers already; another reviewer must approve them too.', {
      state: facts.state,
    });
  }
}

/** An appeal is decided by a person, and by another one than before wherever there is another. */
function refuseUnfitJudge(facts: RequestFacts, author: RequestAuthor): void {
  if (author.acting === 'portal') throw new Refusal('role-missing', 'An appeal is decided by a person.');
  if (facts.rejectedBy === author.account && facts.otherReviewers) {
    throw new Refusal('appeal-reviewer', 'You rejected this request; its appeal is for another reviewer.', { state: facts.state });
  }
}

function refuseLateAppeal(facts: RequestFacts, now: number): void {
  if (facts.appealed) throw new Refusal('appeal-closed', 'This request was appealed once already.', { state: facts.state });
  if (facts.appealUntil !== null && now > facts.appealUntil) {
    throw new Refusal('appeal-closed', `An appeal was possible until ${new Date(facts.appealUntil).toISOString()}.`, {
      state: facts.state,
    });
  }
}

function approvalsWith(facts: RequestFacts, account: string): number {
  return new Set([...facts.approvals, account]).size;
}
