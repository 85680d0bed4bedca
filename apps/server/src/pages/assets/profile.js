// Who one is, and where one's mail goes.
import { act, api, fieldsOf, fill, me, note, staffOf } from './portal.js';
import { countrySelect } from './requests/fields.js';

const place = document.querySelector('[data-profile]');
const own = document.querySelector('[data-own]');
const person = own.querySelector('[data-person]');
const email = own.querySelector('[data-email]');
const preferences = own.querySelector('[data-mail-preferences]');
person.elements.country.replaceWith(countrySelect({ name: 'country', autocomplete: 'country' }, 'not said'));

function show(profile) {
  for (const name of ['name', 'organization', 'country']) person.elements[name].value = profile[name] ?? '';
  own.querySelector('[data-address]').textContent = profile.email ?? 'nowhere';
}

async function showPreferences() {
  if (!staffOf(await me, 'reviewer')) return;
  const { reviewDigest } = await api('GET', '/me/mail-preferences');
  preferences.querySelector('select').value = reviewDigest;
  preferences.hidden = false;
}

act(person, async () => {
  const { name, organization, country } = fieldsOf(person);
  show(await api('PATCH', '/me/profile', { name, organization: organization.trim() || null, country: country || null }));
  note(person, 'done', 'It is kept.');
});

act(email, async () => {
  const { email: address } = fieldsOf(email);
  await api('POST', '/me/email', { email: address });
  email.reset();
  note(
    email,
    'done',
    `A mail is on its way to ${address}. The address counts once its link is opened, within a day; until then all mail goes to the old one.`,
  );
});

act(preferences.querySelector('form'), async (form) => {
  await api('PUT', '/me/mail-preferences', fieldsOf(form));
  note(form, 'done', 'From now on it is so; what was held follows.');
});

fill(place, async () => {
  show(await api('GET', '/me/profile'));
  await showPreferences();
  place.replaceChildren();
  own.hidden = false;
});
