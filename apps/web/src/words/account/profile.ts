/** Who one is. */
export const PROFILE = {
  title: 'Profile',
  lead: 'What the portal keeps of you in plain words, and where your mail goes.',
  person: 'You',
  name: 'Name',
  organization: 'Where you work or study',
  country: 'Country',
  notSaid: 'not said',
  reviewNote: 'When the organization or the country changes, reviewers look at your grants again.',
  keep: 'Keep it',
  kept: 'It is kept',
  email: 'E-mail',
  emailLead: (address: string) => `Mail goes to ${address}.`,
  another: 'Another address',
  send: 'Send it a link',
  sent: (address: string) => `A mail is on its way to ${address}`,
  sentNote: 'The address counts once its link is opened, within a day; until then all mail goes to the old one.',
  digest: 'Mail to reviewers',
  digestLabel: 'About requests to review',
  digests: { each: 'a mail for each, at once', daily: 'one mail a day', weekly: 'one mail a week', off: 'no mail' } as Record<
    string,
    string
  >,
  digestKeep: 'Have it so',
  digestKept: 'From now on it is so; what was held follows',
};
