import { Refusal } from '../refusal.js';

export type ReleaseState = 'draft' | 'published' | 'withdrawn';
export type ReleaseCommand = 'publish' | 'withdraw' | 'reinstate';

export const RELEASE_COMMANDS: Readonly<
  Record<ReleaseCommand, { from: ReleaseState; to: ReleaseState; reason: boolean; meaning: string }>
> = {
  publish: { from: 'draft', to: 'published', reason: false, meaning: 'Its files are fixed for ever and open to grants.' },
  withdraw: { from: 'published', to: 'withdrawn', reason: true, meaning: 'Its bytes are refused; its digests stay listed.' },
  reinstate: { from: 'withdrawn', to: 'published', reason: true, meaning: 'The same bytes are open to grants again.' },
};

/** The state after the command, or a Refusal that names the state. */
export function decideRelease(state: ReleaseState, command: ReleaseCommand, artifacts: number, reason: string | undefined): ReleaseState {
  const rule = RELEASE_COMMANDS[command];
  if (rule.from !== state)
    throw new Refusal('release-state', `\`${command}\` works from ${rule.from}; this release is ${state}.`, { state });
  if (rule.reason && !reason?.trim()) throw new Refusal('malformed-request', `\`${command}\` needs a reason.`, { fields: ['reason'] });
  if (command === 'publish' && artifacts === 0) throw new Refusal('release-empty', 'The release holds no file yet.', { state });
  return rule.to;
}
