import * as fc from 'fast-check';
import { agreementContent } from './agreement.js';

const policy = (slug: string) => ({ policy: slug, snapshot: `snapshot of ${slug}`, rawSha256: 'r', textSha256: 't' });
const licenseVersion = { license: 'community', n: 2, sha256: 'body' };

test('the same texts make the same agreement, in whatever order they were found', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['acceptable-use', 'privacy', 'brand', 'a', 'b']), (slugs) => {
      const content = agreementContent({ licenseVersion, policies: slugs.map(policy) });
      expect(content).toEqual(agreementContent({ licenseVersion, policies: slugs.toSorted().map(policy) }));
    }),
  );
});

test('finding the texts in another order leaves the list that was given as it was', () => {
  const policies = [policy('b'), policy('a')];
  agreementContent({ licenseVersion, policies });
  expect(policies.map(({ policy: slug }) => slug)).toEqual(['b', 'a']);
});
