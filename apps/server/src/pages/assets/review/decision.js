// What a reviewer decides, with a reason that the applicant reads and that may come from a template.
import { element } from '../portal.js';

const COMMANDS = [
  ['approve', 'Approve'],
  ['return', 'Return for correction'],
  ['reject', 'Reject'],
];

/** {row, read}: `read` gives {command, reason?}. Whether a reason is needed is the server's to say. */
export function decisionChoice(templates) {
  const command = element('select', { name: 'command' }, ...COMMANDS.map(([value, text]) => element('option', { value }, text)));
  const template = element('select', { name: 'template' });
  const reason = element('textarea', { name: 'reason', rows: 4, maxLength: 4000 });
  const offer = () => {
    const fitting = templates.filter(({ outcome }) => outcome === command.value);
    const first = fitting.length > 0 ? 'in my own words' : 'none is kept for this decision';
    template.replaceChildren(
      element('option', { value: '' }, first),
      ...fitting.map(({ id, title, publisher }) => element('option', { value: id }, `${title} (${publisher})`)),
    );
    template.disabled = fitting.length === 0;
  };
  command.addEventListener('change', offer);
  template.addEventListener('change', () => {
    reason.value = templates.find(({ id }) => id === template.value)?.reason ?? reason.value;
  });
  offer();
  return {
    row: element(
      'div',
      { className: 'stack' },
      element('label', {}, 'Decision', command),
      element('label', {}, 'Reason for reuse', template),
      element('label', {}, 'Reason, which the applicant reads', reason),
    ),
    read: () => ({ command: command.value, ...(reason.value.trim() && { reason: reason.value }) }),
  };
}
