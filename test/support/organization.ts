import type { Person } from './person.js';
import type { PortalUnderTest } from './portal-under-test.js';

export type Somebody = Person & { email: string };

interface Presentation {
  id: string;
  agreement: string;
  assent: { label: string; attestations: { id: string; text: string }[] };
}

export interface Member {
  id: string;
  account: string;
  email: string | null;
  role: string;
}

/** An organization with its first officer, all through the API. */
export class OrganizationUnderTest {
  private constructor(
    private readonly its: PortalUnderTest,
    readonly officer: Somebody,
    readonly id: string,
    readonly licenseeId: string,
  ) {}

  static async found(its: PortalUnderTest, legalName = 'Example Lab'): Promise<OrganizationUnderTest> {
    const officer = await its.person('Ada Officer');
    const { body } = await officer.post<{ id: string; licensee: string }>('/organizations', { legalName, country: 'GB' });
    return new OrganizationUnderTest(its, officer, body.id, body.licensee);
  }

  get path(): string {
    return `/organizations/${this.id}`;
  }

  get licensee() {
    return { kind: 'organization', id: this.id };
  }

  /** Somebody new who redeemed an invitation. */
  async join(role = 'member', person?: Somebody): Promise<Somebody> {
    const joining = person ?? (await this.its.person('Grace Member'));
    await verifyEmail(this.its, joining);
    const answer = await joining.post('/invitations/accept', { token: await this.invite(joining.email, role) });
    if (answer.status !== 200) throw new Error(`cannot join: ${answer.text}`);
    return joining;
  }

  /** The secret of the link that was mailed. */
  async invite(email: string, role = 'member'): Promise<string> {
    const answer = await this.officer.post(`${this.path}/invitations`, { email, role });
    if (answer.status !== 201) throw new Error(`cannot invite: ${answer.text}`);
    return invitationMailed(this.its, email);
  }

  async member(person: Somebody): Promise<Member> {
    const { body } = await this.officer.get<{ members: Member[] }>(this.path);
    return body.members.find(({ email }) => email === person.email)!;
  }

  async end(person: Somebody, by: Person = this.officer) {
    return by.post(`${this.path}/members/${(await this.member(person)).id}/end`, {});
  }

  async seat(input: Record<string, unknown> = {}): Promise<{ id: string; token: string; custodian: string }> {
    const { body } = await this.officer.post<{ id: string; token: string; custodian: string }>(`${this.path}/seats`, {
      name: 'CI',
      scopes: ['read', 'download'],
      ...input,
    });
    return body;
  }

  present(person: Person, model: string) {
    return person.post<Presentation>('/presentations', { model, licensee: this.licensee });
  }

  /** Reads and accepts for the organization, or, where each member must, for the member; returns the grant. */
  async accept(person: Person, model: string): Promise<string> {
    const { body } = await this.present(person, model);
    const answer = await person.post<{ grant: string }>('/acceptances', assentTo(body));
    if (answer.status !== 201) throw new Error(`cannot accept: ${answer.text}`);
    return answer.body.grant;
  }
}

export function assentTo({ id, assent }: Presentation) {
  const attestations = Object.fromEntries(assent.attestations.map((one) => [one.id, true]));
  return { presentation: id, typedName: 'Ada Lovelace', attestations, assented: true };
}

/** As the owner of the mailbox does: by the link that was mailed at sign-up. */
export async function verifyEmail(its: PortalUnderTest, person: Somebody): Promise<void> {
  if ((await person.get('/me')).body['state'] === 'verified') return;
  await person.post('/email-verification', { token: await secretMailed(its, person.email, 'verify-email') });
}

export function invitationMailed(its: PortalUnderTest, email: string): Promise<string> {
  return secretMailed(its, email, 'invitation');
}

/** The secret of the newest link to that page. */
async function secretMailed(its: PortalUnderTest, email: string, page: string): Promise<string> {
  const mails = await its.database.query<{ body: string }>('SELECT body FROM mail WHERE recipient = $1 ORDER BY created_at DESC', [email]);
  for (const { body } of mails) {
    const secret = new RegExp(`/${page}#token=(\\S+)`).exec(body)?.[1];
    if (secret) return secret;
  }
  throw new Error(`no link to /${page} was mailed to ${email}`);
}
