// For whom access is asked: oneself, or an organization of one's own.
import { element } from '../portal.js';
import { countrySelect, nameOfCountry } from './fields.js';

/** {row, read, write}: `read` gives the licensee as the API takes it, or undefined while it is not said in full. */
export function licenseeChoice(person, organizations) {
  const legalName = element('input', { name: 'legalName', maxLength: 200, autocomplete: 'name', value: person.name ?? '' });
  const country = countrySelect({ name: 'country', autocomplete: 'country' });
  const choice = (value, text, ...more) => {
    const radio = element('input', { type: 'radio', name: 'licensee', value, checked: value === '' });
    return element('div', {}, element('label', { className: 'choice' }, radio, text), ...more);
  };
  const oneself = element(
    'div',
    { className: 'inset' },
    element('label', {}, 'Legal name', legalName),
    element('label', {}, 'Country', country),
  );
  const row = element(
    'fieldset',
    {},
    element('legend', {}, 'For whom do you ask?'),
    element('small', {}, 'Whoever is named here will be bound by the license.'),
    choice('', 'For myself', oneself),
    ...organizations.map(({ id, legalName: name, country: code }) => choice(id, `For ${name} (${nameOfCountry(code)})`)),
  );
  const picked = () => row.querySelector('[name=licensee]:checked').value;
  row.addEventListener('change', () => Object.assign(oneself, { hidden: picked() !== '' }));
  return {
    row,
    read() {
      if (picked()) return { kind: 'organization', id: picked() };
      if (!legalName.value.trim() || !country.value) return undefined;
      return { kind: 'individual', legalName: legalName.value.trim(), country: country.value };
    },
  };
}

/** A renewal is for whom the access is; undefined where it is an organization that one has left. */
export function sameLicensee({ id, kind, name, country }, organizations) {
  if (kind === 'individual') return { kind, legalName: name, country };
  const organization = organizations.find(({ licensee }) => licensee === id);
  return organization && { kind, id: organization.id };
}

/** Once there is a draft its licensee is settled: another one is another request. */
export function licenseeShown({ name, country }, another) {
  const where = country ? ` (${nameOfCountry(country)})` : '';
  return element('p', {}, 'Asked for: ', element('strong', {}, `${name ?? 'yourself'}${where}`), ' ', another ?? '');
}
