import { isAcademicDomain } from './mail-domain.js';

test.each(['mit.edu', 'cs.stanford.edu', 'ox.ac.uk', 'physics.ox.ac.uk', 'anu.edu.au', 'u-tokyo.ac.jp'])('%s is academic', (domain) =>
  expect(isAcademicDomain(domain)).toBe(true),
);
test.each(['example.org', 'edu.example.com', 'ac.uk', 'edu', 'evil-edu.com', 'mit.edu.example', 'notedu', 'mit.edu.'])(
  '%s is not',
  (domain) => expect(isAcademicDomain(domain)).toBe(false),
);
