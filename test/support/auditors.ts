import { verifyEmail, type Somebody } from './organization.js';
import type { PortalUnderTest } from './portal-under-test.js';

export interface Listed<Item = Record<string, unknown>> {
  items: Item[];
  nextCursor: string | null;
}

export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** Somebody new who audits the place (or all of the portal) for a day, and the id of that role. */
export async function newAuditor(its: PortalUnderTest, place: Record<string, unknown> = {}): Promise<Somebody & { role: string }> {
  const auditor = await its.person();
  await verifyEmail(its, auditor);
  const answer = await its.admin.post<{ id: string; state: string }>('/roles', {
    email: auditor.email,
    role: 'auditor',
    until: inSeconds(86_400),
    ...place,
  });
  if (answer.body.state !== 'active') throw new Error(`no auditor: ${answer.text}`);
  return Object.assign(auditor, { role: answer.body.id });
}
