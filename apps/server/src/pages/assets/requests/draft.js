// The draft as the server keeps it: made by the first save, changed by the next ones, one call after another.
import { api } from '../portal.js';
import { withoutFaults } from './answering.js';

/**
 * What is said is {answers, useStatement?}; `kind` is {kind} or, of a renewal, {kind, previous}. `show` is called when a draft comes into
 * being.
 */
export function draftFor(model, kind, show) {
  let working = Promise.resolve();
  const draft = {
    /** As the API gives it; undefined while nothing is kept. */
    request: undefined,
    /** Throws what the API refuses. `licensee` is read where there is no draft yet. */
    async put(said, licensee) {
      if (draft.request) {
        draft.request = await api('PATCH', `/access-requests/${draft.request.id}`, said);
        return;
      }
      draft.request = await api('POST', '/access-requests', { model, ...kind, licensee, ...said });
      // A reload goes on with this draft.
      history.replaceState(null, '', `${location.pathname}?request=${draft.request.id}`);
      show();
    },
    /** Keeps what fits, and returns what does not: a half-written answer keeps none of the others from being saved. */
    async keep(said, licensee) {
      try {
        await draft.put(said, licensee);
        return [];
      } catch (error) {
        if (error.problem?.code !== 'answers-unfit') throw error;
        const { faults } = error.problem;
        await draft.put({ ...said, answers: withoutFaults(said.answers, faults) }, licensee);
        return faults;
      }
    },
    async submit() {
      await api('POST', `/access-requests/${draft.request.id}/submit`, {});
    },
    async withdraw() {
      await api('POST', `/access-requests/${draft.request.id}/withdraw`, {});
      draft.request = undefined;
      history.replaceState(null, '', location.pathname);
    },
    /** Two calls at once could save the older answers last. */
    inTurn(next) {
      const before = working;
      working = (async () => {
        await before.catch(() => undefined);
        return next();
      })();
      return working;
    },
  };
  return draft;
}
