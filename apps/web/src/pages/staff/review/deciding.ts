import { TRANSITIONS } from '@paddock/domain';
import type { Review } from '@paddock/contracts';
import { queries } from '../../../api/hooks.js';
import type { Wire } from '../../../api/wire.js';
import type { Decision } from './held-commands.js';
import { holding } from './holding.js';

export const reviewPath = (request: string) => `/access-requests/${request}/review`;

const OPEN: readonly string[] = TRANSITIONS.approve.from;
export const awaitsDecision = (state: string) => OPEN.includes(state);

/** What was before the reviewer's eyes goes with the decision: where it has changed meanwhile, the decision is refused. */
export function decideOn(requests: readonly string[], command: Decision['command'], reason: string, about: string): void {
  holding.hold({ command, ...(reason.trim() !== '' && { reason }), requests: requests.map((id) => ({ id, ...seenOf(id) })) }, about);
}

function seenOf(id: string) {
  const shown = queries.getQueryData<Wire<typeof Review>>([reviewPath(id)]);
  return shown && { seen: { licenseVersion: shown.request.licenseVersion, answersHash: shown.request.answersHash } };
}
