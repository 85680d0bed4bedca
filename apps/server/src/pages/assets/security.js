// Sign-in beyond the password, and the page of what keeps an account. Text is only ever set as text.
import { act, api, button, element, fieldsOf, note, output, showProblem, table } from './portal.js';

const time = (at) => (at ? new Date(at).toLocaleString() : 'never');
const asked = new URLSearchParams(location.search).get('returnTo') ?? '';
/** A path of this portal and nothing else, as the server judges it too. */
// eslint-disable-next-line no-control-regex
const isLocal = (path) => /^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/.test(path) && new URL(path, location.origin).origin === location.origin;
const returnTo = isLocal(asked) ? asked : undefined;

/** Browsers keep passkeys for host names, not for bare addresses. */
const passkeys = 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);

function input(label, properties) {
  return element('label', {}, label, element('input', { required: true, ...properties }));
}

/** Goes on from whatever a sign-in came to. */
function goOn(place, answer) {
  const next = answer.returnTo ?? returnTo;
  if (answer.state === 'second-factor-required') return askSecondFactor(place, answer.methods, next);
  if (answer.state === 'email-required') return askEmail(place);
  if (answer.state === 'link-required') {
    sessionStorage.setItem('waiting', answer.provider);
    note(
      place,
      'done',
      'An account has this e-mail already. Sign in to it, then confirm that both are yours: ',
      element('a', { href: '/sign-in?returnTo=/security' }, 'Sign in'),
    );
    return undefined;
  }
  return location.replace(next ?? (answer.state === 'linked' ? '/security' : '/grants'));
}

function askSecondFactor(place, methods, next) {
  const step = document.querySelector('[data-second-factor]');
  const finish = (answer) => goOn(step, { ...answer, returnTo: next });
  const give = (method, label, properties) => {
    const form = element(
      'form',
      {},
      input(label, { name: 'code', autocomplete: 'one-time-code', ...properties }),
      element('button', {}, 'Go on'),
    );
    act(form, async () => finish(await api('POST', '/session/second-factor', { method, ...fieldsOf(form) })));
    return form;
  };
  const passkey = () =>
    button('Use a passkey', async () => {
      const options = await api('POST', '/session/second-factor/passkey-options');
      finish(await api('POST', '/session/second-factor', { method: 'passkey', response: await assertion(options) }));
    });
  place.hidden = true;
  step.hidden = false;
  step.replaceChildren(
    element('h2', {}, 'Second factor'),
    ...(passkeys && methods.includes('passkey') ? [passkey()] : []),
    ...(methods.includes('totp') ? [give('totp', 'Code of your authenticator app', { inputMode: 'numeric' })] : []),
    give('recovery-code', 'Or a recovery code', {}),
  );
}

function askEmail(place) {
  const form = element(
    'form',
    {},
    input('Your e-mail, which the provider did not tell', { name: 'email', type: 'email' }),
    element('button', {}, 'Go on'),
  );
  act(form, async () => goOn(form, await api('POST', '/sign-in/identity', fieldsOf(form))));
  place.replaceChildren(form);
}

async function assertion(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}

for (const form of document.querySelectorAll('[data-sign-in]')) {
  act(form, async () => goOn(form, await api('POST', '/session', fieldsOf(form))));
}

for (const place of document.querySelectorAll('[data-ways]')) {
  const passkey = button('Sign in with a passkey', async () => {
    goOn(place, await api('POST', '/session/passkey', { response: await assertion(await api('POST', '/session/passkey/options')) }));
  });
  if (passkeys) place.append(element('p', {}, passkey));
  api('GET', '/sign-in/providers')
    .then(({ items }) => place.append(...items.map((provider) => element('p', {}, toProvider(provider, '/sign-in/oidc/')))))
    .catch((error) => showProblem(place, error));
}

function toProvider({ id, title }, path, verb = 'Sign in with') {
  return button(`${verb} ${title}`, async () => {
    location.assign((await api('POST', `${path}${id}`, returnTo ? { returnTo } : {})).url);
  });
}

for (const place of document.querySelectorAll('[data-callback]')) {
  const query = location.search.slice(1);
  // The code is used once; it need not stay in the history.
  history.replaceState(null, '', location.pathname);
  api('POST', `/sign-in/oidc/${place.dataset.callback}/callback`, { query })
    .then((answer) => goOn(place, answer))
    .catch((error) => {
      place.replaceChildren(element('p'));
      showProblem(place.firstChild, error);
    });
}

function showCodes(codes) {
  if (!codes) return;
  output.replaceChildren(
    element('p', {}, 'Keep these recovery codes; each works once, and they are shown once:'),
    element('pre', {}, codes.join('\n')),
  );
}

async function addTotp() {
  const { secret, qr } = await api('POST', '/me/second-factors/totp');
  const form = element(
    'form',
    {},
    input('The code that the app shows', { name: 'code', inputMode: 'numeric' }),
    element('button', {}, 'Confirm'),
  );
  const image = document.importNode(new DOMParser().parseFromString(qr, 'image/svg+xml').documentElement, true);
  image.setAttribute('width', '220');
  act(form, async () => {
    const { recoveryCodes } = await api('POST', '/me/second-factors/totp/confirm', fieldsOf(form));
    output.replaceChildren();
    showCodes(recoveryCodes);
    await sections.factors();
  });
  output.replaceChildren(element('p', {}, 'Scan this with your authenticator app, or type: ', element('code', {}, secret)), image, form);
}

async function addPasskey() {
  const name = prompt('A name for this passkey:');
  if (!name) return;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await api('POST', '/me/second-factors/passkeys/options'));
  const response = (await navigator.credentials.create({ publicKey })).toJSON();
  showCodes((await api('POST', '/me/second-factors/passkeys', { name, response })).recoveryCodes);
  await sections.factors();
}

/** A button that deletes and shows the section again. */
const removing = (text, path, section) =>
  button(text, async () => {
    await api('DELETE', path);
    await sections[section]();
  });

const placeOf = (section) => document.querySelector(`[data-security=${section}]`);

const sections = {
  async factors() {
    const { factors, recoveryCodesLeft, rolesWithheld, staffSecondFactor } = await api('GET', '/me/security');
    const codes = button('Make new recovery codes', async () => {
      showCodes((await api('POST', '/me/recovery-codes')).recoveryCodes);
      await sections.factors();
    });
    placeOf('factors').replaceChildren(
      ...(rolesWithheld ? [element('p', { className: 'problem' }, 'Your staff powers wait for a second factor.')] : []),
      element('p', {}, `For staff a second factor is ${staffSecondFactor}.`),
      table(
        ['Factor', 'Since', 'Last used', ''],
        factors.map(({ id, name, createdAt, lastUsedAt }) => [
          name,
          time(createdAt),
          time(lastUsedAt),
          removing('Remove', `/me/second-factors/${id}`, 'factors'),
        ]),
      ),
      ...(factors.length > 0 ? [element('p', {}, `${recoveryCodesLeft} recovery codes left. `, codes)] : []),
      element('p', {}, button('Add an authenticator app', addTotp), ' ', passkeys ? button('Add a passkey', addPasskey) : ''),
    );
  },
  async identities() {
    const [{ items }, { items: providers }] = await Promise.all([api('GET', '/me/identities'), api('GET', '/sign-in/providers')]);
    const linked = new Set(items.map(({ provider }) => provider));
    placeOf('identities').replaceChildren(
      table(
        ['Provider', 'Who you are there', 'Last used', ''],
        items.map(({ provider, title, subject, lastUsedAt }) => [
          title,
          subject,
          time(lastUsedAt),
          removing('Unlink', `/me/identities/${provider}`, 'identities'),
        ]),
      ),
      ...providers.filter(({ id }) => !linked.has(id)).map((provider) => element('p', {}, toProvider(provider, '/me/identities/', 'Link'))),
    );
  },
  async sessions() {
    const { items } = await api('GET', '/sessions');
    placeOf('sessions').replaceChildren(
      table(
        ['Browser', 'Since', 'Last used', ''],
        items.map(({ id, userAgent, createdAt, lastUsedAt, current }) => [
          `${userAgent || 'unknown'}${current ? ' (this one)' : ''}`,
          time(createdAt),
          time(lastUsedAt),
          current ? '' : removing('End', `/sessions/${id}`, 'sessions'),
        ]),
      ),
      button('Sign out everywhere', async () => {
        await api('DELETE', '/sessions');
        location.assign('/sign-in');
      }),
    );
  },
};

if (placeOf('factors')) {
  for (const [section, show] of Object.entries(sections)) {
    show().catch((error) => {
      placeOf(section).replaceChildren(element('p'));
      showProblem(placeOf(section).firstChild, error);
    });
  }
  showWaiting(document.querySelector('[data-waiting]'));
}

/** An identity that was proved before the sign-in to this account: the person says that both are theirs. */
function showWaiting(place) {
  const provider = sessionStorage.getItem('waiting');
  if (!provider) return;
  const confirm = button('Link it to this account', async () => {
    await api('POST', '/me/identities');
    sessionStorage.removeItem('waiting');
    place.replaceChildren(element('p', { className: 'done' }, 'It is linked.'));
    await sections.identities();
  });
  const leave = button('Leave it', async () => {
    sessionStorage.removeItem('waiting');
    place.replaceChildren();
  });
  place.replaceChildren(element('p', {}, `Your identity at ${provider} waits to be linked. `, confirm, ' ', leave));
}
