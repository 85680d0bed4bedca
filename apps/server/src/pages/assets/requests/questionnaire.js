// A form's fields together: what is asked hangs on what was answered, and follows it at once. The rule is the domain's.
import { faultsOf, isAsked } from '../domain/form/answers.js';
import { element } from '../portal.js';
import { answersFrom, heldFor } from './answering.js';
import { fieldRow } from './fields.js';

/** {place, fields, answers, missing, changed, showFaults}; `given` is what is answered already. */
export function questionnaire(fields, given = {}) {
  const rows = new Map(fields.map((field) => [field.id, fieldRow(field)]));
  const answers = () => answersFrom(fields, new Map([...rows].map(([id, row]) => [id, row.read()])), isAsked);
  const showAsked = () => {
    const now = answers();
    for (const field of fields) rows.get(field.id).row.hidden = !isAsked(field, fields, now);
  };
  for (const [id, row] of rows) if (Object.hasOwn(given, id)) row.write(heldFor(given[id]));
  showAsked();
  return {
    place: element('div', { className: 'questions' }, ...[...rows.values()].map(({ row }) => row)),
    fields,
    answers,
    /** What the server would find at fault, were these answers sent now. */
    missing: () => faultsOf(fields, answers(), 'complete'),
    /** The field whose control was changed, its fault taken away; undefined for a control of something else. */
    changed(control) {
      const [id, row] = [...rows].find(([, one]) => one.row.contains(control)) ?? [];
      row?.fault();
      showAsked();
      return id;
    },
    /** Nobody is told that half a word does not fit: the field that is being filled in waits. */
    showFaults(faults) {
      for (const [id, row] of rows) {
        const why = faults.find(({ field }) => field === id)?.why;
        if (!why || !row.row.contains(document.activeElement)) row.fault(why);
      }
    },
  };
}
