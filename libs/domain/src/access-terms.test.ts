import { refuseUnfitTerms } from './access-terms.js';

test.each([
  ['open', 'none'],
  ['assent', 'required'],
  ['application', 'required'],
] as const)('admission %s fits a license with assent %s, and no other', (admission, assent) => {
  expect(() => refuseUnfitTerms(admission, assent)).not.toThrow();
  const other = assent === 'none' ? 'required' : 'none';
  expect(() => refuseUnfitTerms(admission, other)).toThrow(expect.objectContaining({ code: 'license-unfit' }));
});
