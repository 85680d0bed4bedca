// The script of all plain pages: posts forms to the API and lists what it answers. Text is only ever set as text.
export const secret = new URLSearchParams(location.hash.slice(1)).get('token');
export const output = document.querySelector('[data-output]');

export async function api(method, path, body) {
  const response = await fetch(`/api/v1${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? response.statusText), { problem: answer });
  return answer;
}

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function note(beside, kind, ...children) {
  beside.parentElement.querySelectorAll(':scope > .problem, :scope > .done').forEach((old) => old.remove());
  const made = element('div', { className: kind, role: kind === 'problem' ? 'alert' : 'status' }, ...children);
  beside.before(made);
}

export function showProblem(beside, error) {
  const { code, title = 'That did not work', detail = error.message, remedy, faults = [] } = error.problem ?? {};
  // Whoever signs in first comes back to where they were.
  const back =
    code === 'unauthenticated' || code === 'sign-in-again' ? `?returnTo=${encodeURIComponent(location.pathname + location.search)}` : '';
  const remedyUrl = error.problem?.remedyUrl && error.problem.remedyUrl + back;
  const way = remedyUrl ? element('a', { href: remedyUrl }, remedy) : (remedy ?? '');
  const unmet = (error.problem?.prerequisites ?? []).map((one) => element('p', {}, element('a', { href: one.link }, one.remedy)));
  const found = faults.map((fault) => element('li', {}, typeof fault === 'string' ? fault : `${fault.field}: ${fault.why}`));
  const what = found.length > 0 ? element('ul', {}, ...found) : element('p', {}, detail);
  const ways = unmet.length > 0 ? unmet : [element('p', {}, way)];
  note(beside, 'problem', element('strong', {}, title), what, ...ways);
}

/** Shows why a place could not be filled, with the way on. */
export function fill(place, show) {
  show().catch((error) => {
    place.replaceChildren(element('p'));
    showProblem(place.firstChild, error);
  });
}

/** Runs an action once at a time; a double click makes one request. */
export function act(control, action) {
  control.addEventListener(control.tagName === 'FORM' ? 'submit' : 'click', async (event) => {
    event.preventDefault();
    const button = control.tagName === 'FORM' ? control.querySelector('button') : control;
    button.disabled = true;
    try {
      await action(control);
    } catch (error) {
      showProblem(control, error);
    } finally {
      button.disabled = false;
    }
  });
}

export const fieldsOf = (form) => Object.fromEntries(new FormData(form));

/** Whoever is signed in, or undefined. */
export const me = fetch('/api/v1/me').then((answer) => (answer.ok ? answer.json() : undefined));

/** An administrator holds every staff power. */
export const staffOf = ({ roles = [] } = {}, role) => roles.some((held) => held.role === role || held.role === 'admin');

async function showStaffLinks() {
  const person = await me;
  for (const place of document.querySelectorAll('[data-staff]')) place.hidden = !staffOf(person, place.dataset.staff);
}
showStaffLinks().catch(() => undefined);

for (const form of document.querySelectorAll('form[data-post]')) {
  if ('secret' in form.dataset) form.hidden = !secret;
  if ('withoutSecret' in form.dataset) form.hidden = !!secret;
  act(form, async () => {
    await api('POST', form.dataset.post, { ...fieldsOf(form), ...('secret' in form.dataset && { token: secret }) });
    if (form.dataset.done)
      note(form, 'done', form.dataset.done, ' ', form.dataset.next ? element('a', { href: form.dataset.next }, 'Go on') : '');
    else location.assign(form.dataset.next);
  });
}

for (const button of document.querySelectorAll('[data-sign-out]')) {
  act(button, async () => {
    await api('DELETE', '/session');
    location.assign('/');
  });
}

for (const form of document.querySelectorAll('[data-token]')) {
  act(form, async () => {
    const { token } = await api('POST', '/tokens', { name: form.elements.name.value, scopes: new FormData(form).getAll('scopes') });
    output.replaceChildren(element('p', {}, 'Copy it now; it is shown once: ', element('code', {}, token)));
    await lists.tokens(document.querySelector('[data-list=tokens]'));
  });
}

export const moment = (time) => (time ? new Date(time).toLocaleString() : '');

export function table(head, rows) {
  if (rows.length === 0) return element('p', {}, 'Nothing here.');
  // Narrow screens show each row as a list, where every cell says what it is.
  const labelled = (cell, index) => {
    const made = element('td', {}, cell ?? '');
    if (typeof head[index] === 'string') made.dataset.label = head[index];
    return made;
  };
  const heads = element('tr', {}, ...head.map((cell) => element('th', { scope: 'col' }, cell)));
  const lines = rows.map((row) => element('tr', {}, ...row.map(labelled)));
  return element('table', { className: 'rows' }, element('thead', {}, heads), element('tbody', {}, ...lines));
}

export function button(text, action) {
  const made = element('button', { type: 'button' }, text);
  act(made, action);
  return made;
}

export function showLinks(manifest) {
  const files = table(
    ['File', 'Bytes', 'SHA-256'],
    manifest.artifacts.map(({ path, size, sha256, url }) => [element('a', { href: url }, path), String(size), element('code', {}, sha256)]),
  );
  output.replaceChildren(
    element('h2', {}, `${manifest.model} ${manifest.release}`),
    element(
      'p',
      {},
      `These links work until ${new Date(manifest.expiresAt).toLocaleString()}. `,
      element('a', { href: manifest.script }, 'Download script'),
      ' · ',
      element('a', { href: manifest.aria2 }, 'aria2 list'),
    ),
    files,
  );
}

const lists = {
  async tokens(place) {
    const { items } = await api('GET', '/tokens');
    place.replaceChildren(
      table(
        ['Name', 'Scopes', 'State', ''],
        items.map(({ id, name, scopes, state }) => [
          name,
          scopes.join(', '),
          state,
          state === 'active'
            ? button('Revoke', async () => {
                await api('DELETE', `/tokens/${id}`);
                await lists.tokens(place);
              })
            : '',
        ]),
      ),
    );
  },
};

for (const place of document.querySelectorAll('[data-list]')) fill(place, () => lists[place.dataset.list](place));

for (const control of document.querySelectorAll('[data-public-links]')) {
  act(control, async () => showLinks(await api('POST', `/models/${control.dataset.publicLinks}/links`, {})));
}
