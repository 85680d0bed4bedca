import { Refusal } from '../refusal.js';

export type MemberRole = 'member' | 'officer';

/** An open membership of one organization. Times in milliseconds since the epoch. */
export interface Member {
  id: string;
  role: MemberRole;
  /** Since when they have this role. */
  roleSince: number;
}

/** Officers alone manage an organization. */
export function refuseUnlessOfficer(acting: Pick<Member, 'role'>): void {
  if (acting.role !== 'officer') throw new Refusal('officer-required', 'You are a member of this organization, and no officer.');
}

/**
 * Whether `acting` may end the membership of `leaving`, and who takes over the leaver's seats: the longest-serving officer
 * who stays. An officer ends anyone's, a member their own; the last officer stays.
 */
export function decideLeaving(members: readonly Member[], leaving: Member, acting: Member): { heir: Member } {
  if (leaving.id !== acting.id) refuseUnlessOfficer(acting);
  const heir = longestServingOfficer(members.filter(({ id }) => id !== leaving.id));
  if (!heir) throw new Refusal('last-officer', 'Nobody else could bind or manage the organization.');
  return { heir };
}

/**
 * Who takes over the seats of a member who is erased: the same who would at any leave. An organization of which nobody else is
 * a member ends with them; where others are, but no officer, one must be made first.
 */
export function heirAtErasure(members: readonly Member[], leaving: Member): Member | undefined {
  return members.length === 1 ? undefined : decideLeaving(members, leaving, leaving).heir;
}

/** Whether `acting` may give `member` the role. */
export function refuseUnfitRole(members: readonly Member[], member: Member, role: MemberRole, acting: Member): void {
  refuseUnlessOfficer(acting);
  const stays = role === 'officer' || members.some(({ id, role: held }) => id !== member.id && held === 'officer');
  if (!stays) throw new Refusal('last-officer', 'Nobody else could bind or manage the organization.');
}

/** Of two who became officers at once, the one whose row is older (ids ascend with time). */
function longestServingOfficer(members: readonly Member[]): Member | undefined {
  return members.filter(({ role }) => role === 'officer').toSorted((a, b) => a.roleSince - b.roleSince || (a.id < b.id ? -1 : 1))[0];
}
