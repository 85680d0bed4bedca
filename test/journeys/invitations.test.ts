import { invitationMailed, OrganizationUnderTest, verifyEmail } from '../support/organization.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';
import { until } from '../support/processes.js';

interface Invitation {
  id: string;
  email: string | null;
  state: string;
}

describe('an invitation', () => {
  const its = portalUnderTest();

  const verified = async () => {
    const person = await its.person();
    await verifyEmail(its, person);
    return person;
  };
  const accept = (person: Person, token: string) => person.post('/invitations/accept', { token });
  const membersOf = async (lab: OrganizationUnderTest) => (await lab.officer.get<{ members: object[] }>(lab.path)).body.members.length;
  const latest = async (lab: OrganizationUnderTest) =>
    (await lab.officer.get<{ items: Invitation[] }>(`${lab.path}/invitations`)).body.items[0]!;

  test('is mailed, kept as a hash, opens a page that posts, works once and is then forgotten', async () => {
    const [lab, grace] = [await OrganizationUnderTest.found(its), await verified()];
    const token = await lab.invite(grace.email);
    const [mail] = await its.database.query<{ body: string; subject: string }>(
      'SELECT body, subject FROM mail WHERE recipient = $1 ORDER BY created_at DESC',
      [grace.email],
    );
    expect(mail).toMatchObject({
      subject: 'Invitation to Example Lab',
      body: expect.stringContaining(`${its.url}/invitation#token=${token}`),
    });
    expect((await fetch(`${its.url}/invitation`)).status).toBe(200);
    expect(JSON.stringify(await its.database.query('SELECT * FROM invitation'))).not.toContain(token);
    expect(await latest(lab)).toMatchObject({ email: grace.email, state: 'pending' });
    const joined = await accept(grace, token);
    expect([joined.status, joined.body]).toEqual([200, expect.objectContaining({ organization: lab.id, role: 'member', state: 'active' })]);
    expect(await latest(lab)).toMatchObject({ email: null, state: 'accepted' });
    expect(problemIn(await accept(grace, token))).toMatchObject({ status: 410, code: 'invitation-ended', state: 'accepted' });
    expect(its.portal.output()).not.toContain(token);
  });

  test('of which twenty redeem at once makes one member', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [lab, grace] = [await OrganizationUnderTest.found(its), await verified()];
      const token = await lab.invite(grace.email, 'officer');
      const answers = await Promise.all(Array.from({ length: 20 }, () => accept(grace, token)));
      expect(tally(answers)).toEqual({ 200: 1, 410: 19 });
      expect(await membersOf(lab)).toBe(2);
      expect((await lab.member(grace)).role).toBe('officer');
    }
  });

  test('is bound to its address: not another account, not one that only claims the address, not nobody', async () => {
    const [lab, mallory, grace] = [await OrganizationUnderTest.found(its), await verified(), await its.person()];
    const token = await lab.invite(grace.email.toUpperCase());
    expect(refusalIn(await accept(mallory, token))).toBe('403 invitation-foreign');
    expect(refusalIn(await accept(grace, token))).toBe('403 email-unconfirmed');
    expect(refusalIn(await accept(new Person(its.url), token))).toBe('401 unauthenticated');
    expect(refusalIn(await accept(await grace.withToken(['read', 'request']), token))).toBe('403 session-required');
    expect(await membersOf(lab)).toBe(1);
    await verifyEmail(its, grace);
    expect((await accept(grace, token)).status).toBe(200);
  });

  test('ends: expired, withdrawn, replaced by a newer one, made up, or its inviter no officer any more', async () => {
    const [lab, grace] = [await OrganizationUnderTest.found(its), await verified()];
    const refused = async (token: string) => {
      const { status, code, state } = problemIn(await accept(grace, token)) as unknown as { status: number; code: string; state?: string };
      return `${status} ${code} ${state ?? ''}`.trim();
    };
    const expired = await lab.invite(grace.email);
    await its.database.query('UPDATE invitation SET expires_at = now() WHERE id = $1', [(await latest(lab)).id]);
    expect([await refused(expired), (await latest(lab)).state]).toEqual(['410 invitation-ended expired', 'expired']);

    const replaced = await lab.invite(grace.email);
    const withdrawn = await lab.invite(grace.email);
    expect(await refused(replaced)).toBe('410 invitation-ended withdrawn');
    const { id } = await latest(lab);
    const withdraw = () => lab.officer.post(`${lab.path}/invitations/${id}/withdraw`);
    expect((await withdraw()).body).toMatchObject({ state: 'withdrawn', email: null });
    expect(refusalIn(await withdraw())).toBe('410 invitation-ended');
    expect(await refused(withdrawn)).toBe('410 invitation-ended withdrawn');
    for (const made of ['', 'x', 'x'.repeat(43)]) expect(await refused(made)).toBe('410 invitation-ended');

    const alan = await lab.join('officer');
    await alan.post(`${lab.path}/invitations`, { email: grace.email });
    const his = await invitationMailed(its, grace.email);
    await lab.end(alan);
    expect(await refused(his)).toBe('410 invitation-ended withdrawn');
    expect(await membersOf(lab)).toBe(1);
  });

  test('is refused to members, and to those who are in already', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    expect(refusalIn(await lab.officer.post(`${lab.path}/invitations`, { email: grace.email.toUpperCase() }))).toBe('409 already-member');
    expect(refusalIn(await grace.post(`${lab.path}/invitations`, { email: 'x@example.net' }))).toBe('403 officer-required');
    expect(refusalIn(await grace.get(`${lab.path}/invitations`))).toBe('403 officer-required');
    const seen = await grace.get<{ members: { email: string | null }[]; invitations: object[] }>(lab.path);
    expect([seen.body.invitations, seen.body.members.map(({ email }) => email)]).toEqual([[], [null, null]]);
    // Invited before they came in by another way.
    const early = await its.person();
    await verifyEmail(its, early);
    const token = await lab.invite(early.email);
    await its.database.query(
      `INSERT INTO membership (id, organization_id, account_id, role) SELECT gen_random_uuid(), $1, account_id, 'member' FROM person WHERE email = $2`,
      [lab.id, early.email],
    );
    expect(refusalIn(await accept(early, token))).toBe('409 already-member');
  });

  test.each(['legalName', 'name', 'reason'])('no line break gets into a mail by %s', async (field) => {
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    for (const evil of ['Lab\r\nBcc: all@example.org', 'Lab\nX: y', 'Lab\u0085X', 'Lab\u2028X', 'Lab\0', '   ']) {
      const answer =
        field === 'legalName'
          ? await lab.officer.post('/organizations', { legalName: evil, country: 'GB' })
          : field === 'name'
            ? await lab.officer.post(`${lab.path}/seats`, { name: evil, scopes: ['read'] })
            : await lab.officer.post(`${lab.path}/members/${(await lab.member(grace)).id}/end`, { reason: evil });
      expect(refusalIn(answer)).toBe('400 malformed-request');
    }
    const subjects = await its.database.query<{ subject: string }>(`SELECT subject FROM mail WHERE subject ~ '[[:cntrl:]]'`);
    expect(subjects).toEqual([]);
  });

  test('what is wrong with it is said before a mail is sent', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const wrong = ['x', 'a@b', 'x@example.org\r\nBcc: y@example.org', `${'x'.repeat(300)}@example.org`, '<x@example.org>', '', null];
    for (const email of wrong)
      expect(refusalIn(await lab.officer.post(`${lab.path}/invitations`, { email }))).toBe('400 malformed-request');
    expect(refusalIn(await lab.officer.post(`${lab.path}/invitations`, { email: 'x@example.net', role: 'admin' }))).toBe(
      '400 malformed-request',
    );
    expect((await lab.officer.get<{ invitations: object[] }>(lab.path)).body.invitations).toEqual([]);
  });

  test('a thousand are too many: of one sender, of one address, of one organization', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const send = (email: string, by: Person = lab.officer) => by.post(`${lab.path}/invitations`, { email });
    const answers = [];
    for (let batch = 0; batch < 100; batch += 1)
      answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, n) => send(`invited-${batch}-${n}@example.net`)))));
    expect(tally(answers)).toEqual({ 201: 100, 429: 900 });
    expect(problemIn(answers.at(-1)!)['retryAfter']).toBeGreaterThan(0);
    const rival = await OrganizationUnderTest.found(its);
    const bombs = [];
    for (let n = 0; n < 11; n += 1) bombs.push(await rival.officer.post(`${rival.path}/invitations`, { email: 'victim@example.net' }));
    expect(tally(bombs)).toEqual({ 201: 10, 429: 1 });
    await its.database.query(
      `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by, expires_at)
       SELECT gen_random_uuid(), $1, 'n' || n || '@example.net', 'member', sha256(n::text::bytea), $2, now() + interval '1 day' FROM generate_series(1, 500) n`,
      [rival.id, (await rival.member(rival.officer)).id],
    );
    expect(refusalIn(await rival.officer.post(`${rival.path}/invitations`, { email: 'last@example.net' }))).toBe('409 organization-limit');
  });

  test('the address of who never came is forgotten', async () => {
    const lab = await OrganizationUnderTest.found(its);
    await lab.invite('nobody@example.net');
    await its.database.query(`UPDATE invitation SET expires_at = now() - interval '31 days' WHERE organization_id = $1`, [lab.id]);
    await until('the sweep has come by', 30_000, async () => (await latest(lab)).email === null);
    expect((await latest(lab)).state).toBe('expired');
  });

  test('organizations of others do not exist, whatever is asked of them', async () => {
    const [lab, eve] = [await OrganizationUnderTest.found(its), await its.person()];
    const { id } = await lab.member(lab.officer);
    const seat = await lab.seat();
    const tries: [string, string, object?][] = [
      ['GET', ''],
      ['PATCH', '', { legalName: 'Eve' }],
      ['GET', '/invitations'],
      ['POST', '/invitations', { email: 'eve@example.net' }],
      ['POST', `/invitations/${id}/withdraw`],
      ['POST', `/members/${id}/end`, {}],
      ['POST', `/members/${id}/role`, { role: 'member' }],
      ['GET', '/seats'],
      ['POST', '/seats', { name: 'x', scopes: ['read'] }],
      ['POST', `/seats/${seat.id}/end`],
      ['POST', '/domains', { domain: 'example.org' }],
    ];
    for (const [method, path, body] of tries)
      for (const stranger of [eve, its.admin]) {
        const answer = await stranger.call(method, lab.path + path, { body });
        expect(`${method} ${path} ${refusalIn(answer)}`).toBe(`${method} ${path} 404 not-found`);
      }
    expect((await eve.get('/organizations')).body['items']).toEqual([]);
    expect(refusalIn(await eve.get('/organizations?scope=portal'))).toBe('403 role-missing');
    // Nor can what belongs to one organization be reached through another.
    const own = await OrganizationUnderTest.found(its);
    for (const path of [`/members/${id}/end`, `/seats/${seat.id}/end`])
      expect(refusalIn(await own.officer.post(own.path + path))).toBe('404 not-found');
  });

  test('a domain is verified by an officer’s confirmed address in it, or by an administrator; free mail proves nothing', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const claim = (domain: string) => lab.officer.post(`${lab.path}/domains`, { domain });
    expect((await claim('example.org')).body).toEqual({ domain: 'example.org', state: 'pending', method: null });
    await verifyEmail(its, lab.officer);
    expect((await claim('EXAMPLE.org')).body).toEqual({ domain: 'example.org', state: 'verified', method: 'officer-mail' });
    for (const domain of ['cs.example.org', 'example.net']) expect((await claim(domain)).body['state']).toBe('pending');
    expect(refusalIn(await claim('gmail.com'))).toBe('422 domain-public');
    for (const wrong of ['org', 'example', '-x.org', 'ex ample.org', 'http://example.org', 'exämple.org', `${'x'.repeat(64)}.org`])
      expect(refusalIn(await claim(wrong))).toBe('400 malformed-request');
    const confirm = (person: Person, domain: string) => person.post(`${lab.path}/domains/${domain}/confirm`);
    expect(refusalIn(await confirm(lab.officer, 'example.net'))).toBe('403 role-missing');
    expect((await confirm(its.admin, 'example.net')).body).toEqual({ domain: 'example.net', state: 'verified', method: 'administrator' });
    expect(refusalIn(await confirm(its.admin, 'example.com'))).toBe('404 not-found');
    const { body } = await its.admin.get<{ items: { id: string; domains: object[] }[] }>('/organizations?scope=portal');
    expect(body.items.find(({ id }) => id === lab.id)!.domains).toHaveLength(3);
  });

  test('no rule takes a founder’s own mailbox for an institution’s: an administrator says what is one', async () => {
    const lab = await OrganizationUnderTest.found(its);
    await verifyEmail(its, lab.officer);
    const claim = () => lab.officer.post(`${lab.path}/domains`, { domain: 'example.org' });
    expect((await claim()).body['state']).toBe('verified');
    const { body } = await lab.officer.post<{ id: string }>('/access-requests', {
      model: 'demo-llama',
      licensee: lab.licensee,
      answers: {},
    });
    await lab.officer.post(`/access-requests/${body.id}/submit`);
    const institutional = async () =>
      (await its.admin.get<{ hints: { institutionalMail: boolean } }>(`/access-requests/${body.id}/review`)).body.hints.institutionalMail;
    expect(await institutional()).toBe(false);
    await its.admin.post(`${lab.path}/domains/example.org/confirm`);
    expect(await institutional()).toBe(true);
    expect((await claim()).body).toEqual({ domain: 'example.org', state: 'verified', method: 'administrator' });
  });
});
