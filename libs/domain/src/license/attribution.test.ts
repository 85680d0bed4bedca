import { attributionFile, type AttributedVersion } from './attribution.js';
import type { Clause } from './clause.js';

const clause = (kind: Clause['kind'], parameters: Clause['parameters'], words = 'Keep this notice.') => ({
  kind,
  parameters,
  start: 0,
  end: 1,
  words,
});
const VERSION: AttributedVersion = {
  title: 'Community License',
  version: 2,
  publisher: 'Demo Lab',
  sha256: 'ab'.repeat(32),
  url: 'https://lab.example/documents/abab',
  body: '# Community License\n\nKeep this notice.\n',
  clauses: [],
  policies: [{ title: 'Acceptable Use', url: 'https://lab.example/policies/use' }],
};
const of = (...clauses: AttributedVersion['clauses']) => attributionFile({ ...VERSION, clauses });

test('a license that asks nothing still says whose work it is, and under which text', () => {
  const { name, text } = of();
  expect(name).toBe('NOTICE');
  for (const word of ['Demo Lab', 'Community License, version 2', VERSION.sha256, VERSION.url]) expect(text).toContain(word);
  expect(text).not.toContain('# Community License');
  expect(text).not.toContain('Acceptable Use');
});

test('the notice is the words of the license, unless the clause gives its own', () => {
  expect(of(clause('attribution', {})).text).toContain('Keep this notice.');
  const own = of(
    clause('attribution', { notice: 'All rights reserved.', file: 'NOTICE.txt', displayed: 'Built with Demo', namePrefix: 'Demo' }),
  );
  expect(own.name).toBe('NOTICE.txt');
  for (const word of ['All rights reserved.', 'Built with Demo', 'begin with: Demo']) expect(own.text).toContain(word);
  expect(own.text).not.toContain('Keep this notice.');
});

test('a license that must go with copies is in the file whole, policies that bind receivers by their address', () => {
  const { text } = of(clause('flow-down', { withLicense: true }), clause('redistribution', { withPolicies: false }));
  expect(text).toContain('# Community License\n\nKeep this notice.');
  expect(text).toContain('https://lab.example/policies/use');
  expect(of(clause('flow-down', { withPolicies: false })).text).not.toContain('policies/use');
});
