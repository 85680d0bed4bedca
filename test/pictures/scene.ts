import type { StagedPortal } from '../stage/portal.ts';
import { Visitor } from '../stage/visitor.ts';

export interface Scene {
  /** Cookies of whoever looks. */
  admin: string;
  ada: string;
  /** What stands in addresses. */
  ids: Readonly<Record<string, string>>;
}

const PASSWORD = 'a-long-enough-password';
const APPLICANTS = [
  ['Grace Hopper', 'US', 'Teaching compilers to read their own output.'],
  ['Katherine Johnson', 'US', 'Orbits, and whether a language model can be trusted with them.'],
  ['Emmy Noether', 'DE', 'Symmetries of attention heads.'],
  ['Chien-Shiung Wu', 'CN', 'Parity of answers under paraphrase.'],
] as const;

/** A portal as it looks after a few days: requests in every state, a licensee, her organization and her downloads. */
export async function setScene({ url, admin }: StagedPortal): Promise<Scene> {
  const ada = await joined(url, 'ada@example.org', 'Ada Lovelace');
  const approved = await request(ada, 'Ada Lovelace', 'GB', 'How small models learn to count.');
  await admin.post(`/access-requests/${approved}/approve`, { reason: 'A clear research purpose.' });
  const grant = await ada.accept('demo-llama');
  await ada.post(`/grants/${grant}/links`, { release: 'tiny-f32' });
  const organization = await ada.post<{ id: string }>('/organizations', { legalName: 'Analytical Engines Ltd', country: 'GB' });
  const waiting = [];
  for (const [index, [name, country, purpose]] of APPLICANTS.entries()) {
    const person = await joined(url, `applicant-${index}@example.org`, name);
    waiting.push(await request(person, name, country, purpose));
  }
  await admin.post(`/access-requests/${waiting[3]}/reject`, { reason: 'The purpose is not about this model.' });
  const { acceptance } = await ada.get<{ acceptance: string }>(`/grants/${grant}`);
  const { items } = await admin.get<{ items: { licensee: string }[] }>('/audit/acceptances');
  const { licensee } = await ada.get<{ licensee: string }>(`/grants/${grant}`);
  const { agreement } = await ada.get<{ agreement: string }>(`/acceptances/${acceptance}`);
  return {
    admin: admin.cookie,
    ada: ada.cookie,
    ids: {
      model: 'demo-llama', release: 'tiny-f32', license: 'sample-community', policy: 'sample-acceptable-use', code: 'grant-expired',
      request: waiting[0]!, own: approved, grant, acceptance, licensee: licensee ?? items[0]!.licensee, organization: organization.id,
      kind: 'acceptances', sha256: agreement,
    },
  }; // prettier-ignore
}

async function joined(url: string, email: string, name: string): Promise<Visitor> {
  await new Visitor(url).post('/accounts', { email, password: PASSWORD, name });
  return new Visitor(url).signIn(email, PASSWORD);
}

async function request(person: Visitor, legalName: string, country: string, purpose: string): Promise<string> {
  const { id } = await person.post<{ id: string }>('/access-requests', {
    model: 'demo-llama',
    licensee: { kind: 'individual', legalName, country },
    answers: { purpose, intendedUses: ['research'], country },
  });
  await person.post(`/access-requests/${id}/submit`);
  return id;
}
