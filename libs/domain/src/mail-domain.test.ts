import { FREE_MAIL_DOMAINS, isAcademicDomain, mailDomain, provesDomain } from './mail-domain.js';

test.each(['mit.edu', 'cs.stanford.edu', 'ox.ac.uk', 'physics.ox.ac.uk', 'anu.edu.au', 'u-tokyo.ac.jp'])('%s is academic', (domain) =>
  expect(isAcademicDomain(domain)).toBe(true),
);
test.each(['example.org', 'edu.example.com', 'ac.uk', 'edu', 'evil-edu.com', 'mit.edu.example', 'notedu', 'mit.edu.'])(
  '%s is not',
  (domain) => expect(isAcademicDomain(domain)).toBe(false),
);

test.each([
  ['ada@example.org', 'example.org'],
  ['Ada@EXAMPLE.org', 'example.org'],
  ['"a@b"@example.org', 'example.org'],
  ['@example.org', undefined],
  ['ada@', undefined],
  ['ada', undefined],
])('the domain of %s is %s', (email, domain) => expect(mailDomain(email)).toBe(domain));

test('a mailbox proves its very domain, none above, none below, and none of a public provider', () => {
  expect(provesDomain('ada@cs.example.org', 'cs.example.org')).toBe(true);
  for (const domain of ['example.org', 'org', 'lab.cs.example.org', 'ecs.example.org', 's.example.org'])
    expect(provesDomain('ada@cs.example.org', domain)).toBe(false);
  for (const domain of FREE_MAIL_DOMAINS) expect(provesDomain(`ada@${domain}`, domain)).toBe(false);
});

test('the list of public providers is in the form in which domains are compared', () => {
  for (const domain of FREE_MAIL_DOMAINS) expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
});
