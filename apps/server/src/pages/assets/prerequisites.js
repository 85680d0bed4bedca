// What a model asks for, its quiz, and referees: on both sides of the mail. Text is only ever set as text.
import { act, api, button, element, fieldsOf, note, secret, showProblem, table } from './portal.js';

const STATES = { asked: 'asked for', satisfied: 'satisfied', missing: 'missing', expired: 'expired' };
const day = (time) => (time ? new Date(time).toLocaleDateString() : 'no end');

/** Shows why a place could not be filled, with the way on. */
function fill(place, show) {
  show().catch((error) => {
    place.replaceChildren(element('p'));
    showProblem(place.firstChild, error);
  });
}

for (const place of document.querySelectorAll('[data-prerequisites]')) {
  const part = (name) => place.querySelector(`[data-${name}]`);
  const model = place.dataset.prerequisites;
  const path = `/models/${encodeURIComponent(model)}`;

  const show = async () => {
    const { items } = await api('GET', `${path}/prerequisites`);
    const rows = items.map(({ meaning, state, until, remedy, url }) => [
      meaning,
      STATES[state],
      state === 'satisfied' || state === 'expired' ? day(until) : '',
      state === 'satisfied' ? '' : element('a', { href: url }, remedy),
    ]);
    part('standing').replaceChildren(
      items.length > 0
        ? table(['What is asked', 'State', 'Until', 'What to do'], rows)
        : element('p', {}, 'This model asks for nothing beforehand.'),
    );
    const stands = (kind) => items.find((item) => item.kind === kind);
    const known = items.every(({ state }) => state !== 'asked');
    if (!known)
      part('standing').append(
        element('p', {}, element('a', { href: `/sign-in?returnTo=${location.pathname}` }, 'Sign in'), ' to see how you stand to it.'),
      );
    part('quiz').hidden = !known || !stands('quiz');
    part('referees').hidden = !known || !stands('referee');
    if (!part('quiz').hidden) await showQuiz();
    if (!part('referees').hidden) await showReferees();
  };

  const showQuiz = async () => {
    const { n, pass, questions } = await api('GET', `${path}/quiz`);
    const form = element(
      'form',
      {},
      element('p', {}, `${Math.ceil(pass * questions.length)} of ${questions.length} must be right; you have three attempts an hour.`),
      ...questions.map(({ id, text, options, several }) =>
        element(
          'fieldset',
          {},
          element('legend', {}, text),
          ...options.map(({ value, label }) =>
            element('label', { className: 'choice' }, element('input', { type: several ? 'checkbox' : 'radio', name: id, value }), label),
          ),
        ),
      ),
      element('button', {}, 'Answer'),
    );
    part('quiz').querySelector('form').replaceWith(form);
    act(form, async () => {
      const given = new FormData(form);
      const answers = Object.fromEntries(questions.map(({ id }) => [id, given.getAll(id)]));
      const { state, wrong = [], attemptsLeft, explanations = [] } = await api('POST', `${path}/quiz/attempts`, { n, answers });
      const textOf = (id) => questions.find((question) => question.id === id)?.text ?? id;
      const list = (lines) => element('ul', {}, ...lines.map((line) => element('li', {}, line)));
      if (state === 'passed') {
        await show();
        note(
          part('quiz').querySelector('form'),
          'done',
          'You passed.',
          list(explanations.filter(({ text }) => text).map(({ text }) => text)),
        );
      } else note(form, 'problem', `Not yet; ${attemptsLeft} attempts are left this hour. Read again about:`, list(wrong.map(textOf)));
    });
  };

  const does = (text, call) =>
    button(text, async () => {
      await call();
      await showReferees();
    });
  const showReferees = async () => {
    const { items } = await api('GET', `${path}/referees`);
    const rows = items.map(({ id, name, email, state, expiresAt }) => [
      name ?? '',
      email ?? '',
      state,
      state === 'waiting' ? day(expiresAt) : '',
      state === 'waiting' || state === 'expired'
        ? element(
            'span',
            {},
            does('Send again', () => api('POST', `/referees/${id}/resend`)),
            ' ',
            does('Withdraw', () => api('DELETE', `/referees/${id}`)),
          )
        : '',
    ]);
    part('named').replaceChildren(...(rows.length > 0 ? [table(['Name', 'E-mail', 'State', 'Until', ''], rows)] : []));
  };
  act(part('name'), async (form) => {
    await api('POST', `${path}/referees`, fieldsOf(form));
    form.reset();
    await showReferees();
  });
  fill(part('standing'), show);
}

for (const place of document.querySelectorAll('[data-inquiry]')) {
  const form = document.querySelector('[data-confirm]');
  const decline = document.querySelector('[data-decline]');
  const ended = (words) => {
    form.hidden = true;
    decline.hidden = true;
    place.replaceChildren(element('p', { className: 'done' }, words));
  };
  fill(place, async () => {
    const { applicant, model, title, publisher, referee, expiresAt } = await api('POST', '/referees/inquiry', { token: secret ?? '' });
    place.replaceChildren(
      element(
        'p',
        {},
        `${applicant} asks for access to the model ${title} (${model}) and names you, ${referee}, as somebody who knows them.`,
      ),
      element(
        'p',
        {},
        `Its publisher, ${publisher}, asks you: do you know them? Your answer goes to those who decide. You can answer until ${day(expiresAt)}.`,
      ),
      element('p', {}, element('a', { href: `/models/${encodeURIComponent(model)}` }, 'About the model')),
    );
    form.hidden = false;
    decline.hidden = false;
    decline.replaceChildren(
      button('I do not know them', async () => {
        await api('POST', '/referees/confirm', { token: secret, confirmed: false });
        ended('Thank you; that is recorded.');
      }),
    );
  });
  act(form, async () => {
    await api('POST', '/referees/confirm', { token: secret, confirmed: true, ...fieldsOf(form) });
    ended('Thank you; that is recorded.');
  });
}
