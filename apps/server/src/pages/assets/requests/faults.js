// What has to be corrected, in one place above the form; each line leads to its field.
import { element } from '../portal.js';
import { controlId } from './fields.js';

/** {place, show}: `show` takes {field, label, why} of each fault. */
export function faultSummary() {
  const place = element('div', { className: 'problem', tabIndex: -1, hidden: true });
  place.setAttribute('role', 'alert');
  return {
    place,
    show(faults) {
      place.hidden = faults.length === 0;
      if (place.hidden) return;
      const count = faults.length === 1 ? 'One answer' : `${faults.length} answers`;
      const lines = faults.map(({ field, label, why }) =>
        element('li', {}, element('a', { href: `#${controlId(field)}` }, `${label}: ${why}`)),
      );
      place.replaceChildren(element('h2', {}, `${count} to correct`), element('ul', {}, ...lines));
      place.focus();
    },
  };
}
