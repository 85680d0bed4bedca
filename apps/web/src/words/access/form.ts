/** Questions and answers. */
export const FORM = {
  fault: (why: string) => `This ${why}.`,
  none: 'None of these',
  notAnswered: 'not answered',
  confirmed: 'confirmed',
  notConfirmed: 'not confirmed',
  nothingAnswered: 'Nothing was answered.',
  change: 'Change',
  forWhom: 'For whom do you ask?',
  forWhomHelp: 'Whoever is named here will be bound by the license.',
  forMyself: 'For myself',
  forOrganization: (name: string, country: string) => `For ${name} (${country})`,
  legalName: 'Your legal name',
  legalNameHelp: 'You will be bound by the license under this name.',
  country: 'Your country',
};
