/** The least share of its length that a text of at least so many characters keeps in one change; a longer text loses less at once. */
export const LEAST_SHARES: readonly { from: number; share: number }[] = [
  { from: 20_000, share: 0.7 },
  { from: 5000, share: 0.6 },
  { from: 500, share: 0.5 },
];

/** What a sign-in page looks like. Form and title count only where there is little text, in characters. */
export const SIGNS_OF_LOGIN = {
  path: /(^|[/._-])(log-?in|sign-?in|sso|saml2?|oauth2?|authori[sz]e|auth)([/._-]|$)/i,
  title: /\b(log|sign)[ -]?(in|on)\b|\bauthentication\b/i,
  atMost: 3000,
};

/** How error, challenge and maintenance pages that come with status 200 begin, in title or text. */
export const SIGNS_OF_ERROR = {
  heading: new RegExp(
    `^(?:\\W*(?:error\\W*)?[45]\\d\\d\\b|${[
      'error',
      'oops',
      '.{0,40}\\bnot (?:be )?found',
      'page (?:not available|unavailable)',
      'access (?:is )?denied',
      'forbidden',
      'unauthori[sz]ed',
      '(?:internal )?server error',
      'bad gateway',
      'gateway time-?out',
      '(?:this )?(?:service|site|page|website) (?:is )?(?:temporarily |currently )?(?:unavailable|down|under maintenance)',
      '(?:scheduled |under |down for )?maintenance',
      'something went wrong',
      'application error',
      'just a moment',
      'attention required',
      'checking your browser',
      'verify(?:ing)? (?:that )?you are (?:a )?human',
      'please (?:enable|turn on) (?:javascript|cookies)',
      'you need to enable javascript',
      'too many requests',
      'coming soon',
    ].join('|')})\\b`,
    'i',
  ),
  atMost: 2000,
};
