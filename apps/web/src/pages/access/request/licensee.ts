import type { Person } from '../../../api/person.js';
import type { LicenseeHeld, Organizations } from '../form/LicenseeChoice.js';
import type { Request } from './draft.js';

/** For whom a request is: as it was, or oneself to begin with. */
export function licenseeHeldOf(request: Request | undefined, { name }: Person, organizations: Organizations): LicenseeHeld {
  const own = { organization: '', legalName: name ?? '', country: '' };
  if (!request) return own;
  const { id, kind, name: legalName, country } = request.licensee;
  if (kind === 'individual') return { organization: '', legalName: legalName ?? name ?? '', country: country ?? '' };
  return { ...own, organization: organizations.find(({ licensee }) => licensee === id)?.id ?? '' };
}
