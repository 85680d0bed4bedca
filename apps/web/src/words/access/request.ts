type Kind = 'access' | 'renewal' | 'special-license';
type Saving = { is: 'untouched' | 'no-licensee' | 'changed' | 'saving' | 'not-saved' } | { is: 'saved'; at: number };

const TITLES: Record<Kind, (model: string) => string> = {
  access: (model) => `Request access to ${model}`,
  renewal: (model) => `Renew access to ${model}`,
  'special-license': (model) => `Ask for a special license for ${model}`,
};
const LEADS: Record<Kind, string> = {
  access: 'A reviewer reads what you write here. It is saved as you type; you may close the page and come back.',
  renewal: 'Say what you did with the model so far, and look your answers through. It is saved as you type.',
  'special-license':
    'For uses that the license as it stands does not allow. The licensor reads your answers and may offer terms of its own. It is saved as you type.',
};
const NEXT: Record<Kind, string> = {
  access:
    'Your answers go to the reviewers of this model. You see your place in the queue, and get a mail when there is a decision. If it is approved, you read and accept the license, and the downloads open.',
  renewal:
    'Your answers go to the reviewers of this model. Your access goes on until its end meanwhile; an approval adds a further period.',
  'special-license':
    'Your answers go to the licensor. If terms for you are written, you get a mail, read them, and accept or decline them. Nothing changes before that.',
};
const SAVING: Record<Exclude<Saving['is'], 'saved'>, string> = {
  untouched: '',
  'no-licensee': 'Kept in this browser; saved once you say for whom you ask.',
  changed: 'Changed, not saved yet.',
  saving: 'Saving…',
  'not-saved': 'Not saved; it is kept in this browser.',
};

/** The form of a request. */
export const REQUEST = {
  title: TITLES,
  lead: LEADS,
  next: NEXT,
  about: (model: string) => `About ${model}`,
  signInFirst: 'You need an account to ask for access, so that reviewers know whom they answer, and so that you can come back to it.',
  whatIsAsked: 'What you will be asked',
  nothingAsked: 'This model asks no further questions.',
  underWay: 'A request is under way',
  underWayFor: (licensee: string | null) => `See where the request for ${licensee ?? 'you'} stands`,
  formChanged: 'The form has changed',
  formChangedWay: 'Your answers were kept where it still asks for them. Please look it through.',
  toCorrect: 'What the reviewer asks you to correct',
  askedFor: (name: string | null, country: string | null) => `Asked for ${name ?? 'yourself'}${country ? ` (${country})` : ''}.`,
  askForAnother: 'Ask for somebody else instead',
  useStatement: 'What did you do with the model so far?',
  useStatementHelp: 'Reviewers read this before they decide on another period.',
  askSpecial: 'Ask for a special license',
  mustBeSaid: 'this must be said',
  saving: (saving: Saving) => (saving.is === 'saved' ? `Saved at ${new Date(saving.at).toLocaleTimeString()}.` : SAVING[saving.is]),
  check: 'Go on to check your answers',
  checkTitle: 'Check your answers before you send them',
  licensee: 'Asked for',
  nextTitle: 'What happens next',
  send: 'Send the request',
  back: 'Back to the questions',
};
