import { judgeCapture, type CapturedText, type FaultReason } from './judge-capture.js';

const policy = 'You must not use the model to do harm. '.repeat(30);
const good: CapturedText = {
  status: 200,
  text: policy,
  mediaType: 'text/html; charset=utf-8',
  html: '<title>Acceptable use</title>',
  finalUrl: 'https://lab.example/use',
  sourceUrl: 'https://lab.example/use',
};
const before = { text: policy, mediaType: 'text/html' };
const titled = (title: string, text = 'Short.') => ({ html: `<title>${title}</title>`, text });

describe('a good capture', () => {
  test.each([
    ['the first', null, {}, 'first'],
    ['the same text', before, {}, 'seen'],
    ['the same text, spaced and composed otherwise', before, { text: ` ${policy.replaceAll(' ', '\n\u00a0')} ` }, 'seen'],
    ['another charset', before, { mediaType: 'TEXT/HTML; charset=latin1' }, 'seen'],
    ['another word', before, { text: policy.replace('harm', 'damage') }, 'changed'],
    ['a text that halves', before, { text: policy.slice(0, policy.length * 0.6) }, 'changed'],
    ['a short text that shrinks', { ...before, text: policy.slice(0, 400) }, { text: 'Do no harm.' }, 'changed'],
    ['a text that grows', before, { text: policy.repeat(9) }, 'changed'],
    ['a redirect elsewhere', before, { finalUrl: 'https://lab.example/legal/use-2' }, 'seen'],
    ['a path of an author', null, { finalUrl: 'https://lab.example/authors/signings' }, 'first'],
    [
      'a policy on signing in',
      null,
      { sourceUrl: 'https://lab.example/login/policy', finalUrl: 'https://lab.example/login/policy' },
      'first',
    ],
    ['a long text with a form for members', null, { text: policy.repeat(5), html: '<input type="password">' }, 'first'],
    ['a long text on errors', null, titled('Error policy', policy.repeat(5)), 'first'],
    ['a short text', null, titled('Use', 'Do no harm.'), 'first'],
    ['a text that speaks of errors', null, titled('Use', 'Report any error 404 that you find.'), 'first'],
  ] as const)('%s', (_name, previous, change, outcome) => expect(judgeCapture(previous, { ...good, ...change })).toEqual({ outcome }));
});

describe('a failed attempt', () => {
  const failures: [name: string, change: Partial<CapturedText>, reason: FaultReason][] = [
    ['not found', { status: 404 }, 'http-error'],
    ['a broken server', { status: 503 }, 'http-error'],
    ['nothing to say', { status: 204 }, 'http-error'],
    ['a redirect that leads nowhere', { status: 302 }, 'http-error'],
    ['a redirect to a sign-in page', { finalUrl: 'https://id.lab.example/sso/start' }, 'login-page'],
    ['a redirect to sign-in.html', { finalUrl: 'https://lab.example/sign-in.html' }, 'login-page'],
    ['a password field', { text: 'Welcome', html: '<form><INPUT TYPE=Password></form>' }, 'login-page'],
    ['a sign-in title', titled('Sign in - Lab'), 'login-page'],
    ['a log-on title', titled('Please log on'), 'login-page'],
    ['an error title', titled('404 | Lab'), 'error-page'],
    ['a title of not found', titled('Page not found'), 'error-page'],
    ['a text of not found', titled('Lab', 'The requested page could not be found'), 'error-page'],
    ['an error in plain text', { html: undefined, mediaType: 'text/html', text: 'Error: upstream' }, 'error-page'],
    ['a challenge', titled('Just a moment...'), 'error-page'],
    ['a page that needs scripts', titled('Lab', 'You need to enable JavaScript to run this app.'), 'error-page'],
    ['maintenance', titled('Down for maintenance'), 'error-page'],
    ['no text', { text: ' \n\u00a0 ' }, 'empty'],
  ];
  test.each(failures)('%s, at first and later', (_name, change, reason) => {
    for (const previous of [null, before]) {
      expect(judgeCapture(previous, { ...good, ...change })).toEqual({ outcome: 'failed', reason, detail: expect.any(String) });
    }
  });

  test('another media type', () => {
    expect(judgeCapture(before, { ...good, mediaType: 'application/pdf' })).toMatchObject({ reason: 'media-type-changed' });
  });

  test.each([
    [500, 249, 'shrunk'],
    [500, 250, undefined],
    [499, 1, undefined],
    [5000, 2999, 'shrunk'],
    [5000, 3000, undefined],
    [20_000, 13_999, 'shrunk'],
    [20_000, 14_000, undefined],
  ])('a text of %i characters that has %i left', (length, left, reason) => {
    const judgement = judgeCapture({ ...before, text: 'a'.repeat(length) }, { ...good, text: 'a'.repeat(left) });
    expect('reason' in judgement ? judgement.reason : undefined).toBe(reason);
  });
});
