// The fields of a form as labelled controls. Labels and help are a publisher's text: only ever set as text.
import { COUNTRIES } from '../domain/form/country.js';
import { maxLengthOf } from '../domain/form/field.js';
import { element } from '../portal.js';

const names = new Intl.DisplayNames('en', { type: 'region' });
export const nameOfCountry = (code) => (/^[A-Z]{2}$/.test(code) ? names.of(code) : code);
const countries = COUNTRIES.map((code) => [code, names.of(code)]).sort(([, a], [, b]) => a.localeCompare(b, 'en'));

const option = ([value, text]) => element('option', { value }, text);
export const select = (properties, options, first = 'choose') =>
  element('select', properties, element('option', { value: '' }, first), ...options.map(option));
export const countrySelect = (properties, first) => select(properties, countries, first);

/** A publisher's name for a field is no id of the page's own. */
export const controlId = (field) => `answer-${field}`;

/** {row, read, write, fault}: `read` gives what the controls hold, `fault` says why it does not fit, or nothing. */
export function fieldRow(field) {
  const id = controlId(field.id);
  const help = element('small', { id: `${id}-help` }, field.help ?? '');
  const fault = element('p', { className: 'fault', id: `${id}-fault`, hidden: true });
  const caption = element('span', {}, field.label, ' ', element('small', {}, field.required ? '(required)' : '(optional)'));
  const { row, controls, ...part } = field.kind === 'choice' && field.several ? manyOf(field, id, caption) : oneOf(field, id, caption);
  row.classList.add('field');
  row.querySelector('.caption').after(help, fault);
  const described = row.tagName === 'FIELDSET' ? row : controls[0];
  described.setAttribute('aria-describedby', `${id}-help ${id}-fault`);
  return {
    ...part,
    row,
    fault(why) {
      fault.textContent = why ? `This ${why}.` : '';
      fault.hidden = !why;
      for (const control of controls) control.setAttribute('aria-invalid', String(Boolean(why)));
    },
  };
}

function manyOf(field, id, caption) {
  const controls = field.options.map(({ value }, index) =>
    element('input', { type: 'checkbox', value, id: index === 0 ? id : `${id}-${index}` }),
  );
  const boxes = field.options.map(({ label }, index) => element('label', { className: 'choice' }, controls[index], label));
  const row = element('fieldset', {}, element('legend', { className: 'caption' }, caption), ...boxes);
  return {
    row,
    controls,
    read: () => controls.filter(({ checked }) => checked).map(({ value }) => value),
    write: (held) => controls.forEach((box) => Object.assign(box, { checked: [held].flat().includes(box.value) })),
  };
}

function oneOf(field, id, caption) {
  const control = controlFor(field, { id, required: field.required });
  const label = element('label', { htmlFor: id, className: 'caption' }, caption);
  if (field.kind === 'attestation') {
    const row = element('div', { className: 'choice' }, control, element('div', {}, label));
    return { row, controls: [control], read: () => control.checked, write: (held) => Object.assign(control, { checked: held === true }) };
  }
  return {
    row: element('div', {}, label, control),
    controls: [control],
    read: () => (control.validity.badInput ? 'no number' : control.value),
    write: (held) => Object.assign(control, { value: held }),
  };
}

function controlFor(field, properties) {
  switch (field.kind) {
    case 'attestation':
      return element('input', { ...properties, type: 'checkbox' });
    case 'choice':
      return select(
        properties,
        field.options.map(({ value, label }) => [value, label]),
        field.required ? 'choose' : 'none',
      );
    case 'country':
      return countrySelect(properties);
    case 'number': {
      const input = element('input', { ...properties, type: 'number', step: field.whole ? '1' : 'any', inputMode: 'numeric' });
      for (const limit of ['min', 'max']) if (field[limit] !== undefined) input[limit] = field[limit];
      return input;
    }
    case 'long-text':
      return element('textarea', { ...properties, rows: 5, maxLength: maxLengthOf(field) });
    case 'orcid':
      return element('input', { ...properties, placeholder: '0000-0000-0000-0000', spellcheck: false });
    case 'url':
      return element('input', { ...properties, type: 'url', placeholder: 'https://', maxLength: maxLengthOf(field) });
    default:
      return element('input', { ...properties, maxLength: maxLengthOf(field) });
  }
}
