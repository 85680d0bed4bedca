import * as fc from 'fast-check';
import { isSlug, RELEASE_NAME, RESERVED_SLUGS } from './slug.js';

describe('a slug', () => {
  test.each(['a', '0', 'demo-llama', 'v1.5', 'a'.repeat(64)])('may be %j', (slug) => expect(isSlug(slug)).toBe(true));

  test.each(['', '-a', 'a-', '.a', 'a.', 'A', 'a b', 'a/b', 'ä', 'a_b', 'a\n', '%2e', 'a'.repeat(65)])('may not be %j', (slug) =>
    expect(isSlug(slug)).toBe(false),
  );

  test.each([...RESERVED_SLUGS])('is never the portal’s own word %j', (slug) => expect(isSlug(slug)).toBe(false));

  test('stands in a URL as it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '9', '.', '-', '/', '%', '?', 'A', ' '), maxLength: 5 }), (slug) => {
        fc.pre(isSlug(slug));
        expect(new URL(slug, 'https://portal/base/').href).toBe(`https://portal/base/${slug}`);
      }),
    );
  });
});

describe('a release’s name', () => {
  test.each(['tiny-f32', '8B-chat_Q4.K+imatrix', 'A', 'x'.repeat(64)])('may be %j', (name) => expect(RELEASE_NAME.test(name)).toBe(true));
  test.each(['', '.', '..', '-f', '_x', 'a b', 'a/b', 'a\n', 'ü', 'x'.repeat(65)])('may not be %j', (name) =>
    expect(RELEASE_NAME.test(name)).toBe(false),
  );
});
