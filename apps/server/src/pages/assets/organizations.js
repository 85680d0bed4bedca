// The pages of organizations: what they show comes from the API, and every button posts to it. Text is only ever set as text.
import { act, api, button, element, fieldsOf, fill, note, secret, table } from './portal.js';

const day = (time) => (time ? new Date(time).toLocaleDateString() : '');
const moment = (time) => (time ? new Date(time).toLocaleString() : 'never');

for (const place of document.querySelectorAll('[data-organizations]')) {
  fill(place, async () => {
    const { items } = await api('GET', '/organizations');
    const rows = items.map(({ id, legalName, country, role }) => [
      element('a', { href: `/organizations/${id}` }, legalName),
      country,
      role,
    ]);
    place.replaceChildren(table(['Organization', 'Country', 'You are'], rows));
  });
}

for (const form of document.querySelectorAll('[data-found]')) {
  act(form, async () => {
    const { id } = await api('POST', '/organizations', fieldsOf(form));
    location.assign(`/organizations/${id}`);
  });
}

for (const form of document.querySelectorAll('[data-join]')) {
  act(form, async () => {
    const { organization, legalName } = await api('POST', '/invitations/accept', { token: secret ?? '' });
    const way = element('a', { href: `/organizations/${organization}` }, 'Go on');
    note(form, 'done', `You are in ${legalName} now. `, way);
  });
}

for (const place of document.querySelectorAll('[data-organization]')) {
  const part = (name) => place.querySelector(`[data-${name}]`);
  const path = `/organizations/${place.dataset.organization}`;
  let organization;
  let me;

  const show = async () => {
    organization = await api('GET', path);
    me ??= await api('GET', '/me');
    const officer = organization.role === 'officer';
    document.querySelector('h1').textContent = organization.legalName;
    part('facts').textContent = `${organization.country}. You are ${officer ? 'an officer' : 'a member'}.`;
    part('members').replaceChildren(members(officer));
    part('seats').replaceChildren(seats(officer));
    part('officers').hidden = !officer;
    if (!officer) return;
    part('invitations').replaceChildren(invitations());
    part('domains').replaceChildren(
      table(
        ['Domain', 'State'],
        organization.domains.map(({ domain, state }) => [domain, state]),
      ),
    );
    part('change').elements.legalName.value = organization.legalName;
    part('change').elements.country.value = organization.country;
  };
  const does = (text, call) =>
    button(text, async () => {
      await call();
      await show();
    });
  const submits = (name, call) =>
    act(part(name), async (form) => {
      await call(form);
      if (name !== 'change') form.reset();
      await show();
    });

  const members = (officer) =>
    table(
      ['Member', 'Role', 'Since', ''],
      organization.members.map(({ id, account, name, email, role, from }) => [
        email ? `${name} (${email})` : name,
        role,
        day(from),
        officer
          ? element(
              'span',
              {},
              does(role === 'officer' ? 'Make a member' : 'Make an officer', () =>
                api('POST', `${path}/members/${id}/role`, { role: role === 'officer' ? 'member' : 'officer' }),
              ),
              ' ',
              does('End', () => api('POST', `${path}/members/${id}/end`, {})),
            )
          : account === me.id
            ? leaves(id)
            : '',
      ]),
    );

  const leaves = (id) =>
    button('Leave', async () => {
      await api('POST', `${path}/members/${id}/end`, {});
      location.assign('/organizations');
    });

  const seats = (officer) =>
    table(
      ['Seat', 'Scopes', 'State', 'Ends', 'Last used', 'Custodian', ''],
      organization.seats.map(({ id, name, scopes, state, expiresAt, lastUsedAt, custodian }) => [
        name,
        scopes.join(', '),
        state,
        expiresAt ? day(expiresAt) : 'no end',
        moment(lastUsedAt),
        organization.members.find((member) => member.id === custodian)?.name ?? '',
        officer && state !== 'ended' ? does('End', () => api('POST', `${path}/seats/${id}/end`, {})) : '',
      ]),
    );

  const invitations = () =>
    table(
      ['Invited', 'As', 'State', 'Until', ''],
      organization.invitations.map(({ id, email, role, state, expiresAt }) => [
        email ?? '',
        role,
        state,
        day(expiresAt),
        state === 'pending' ? does('Withdraw', () => api('POST', `${path}/invitations/${id}/withdraw`, {})) : '',
      ]),
    );

  submits('invite', (form) => api('POST', `${path}/invitations`, fieldsOf(form)));
  submits('claim', (form) => api('POST', `${path}/domains`, fieldsOf(form)));
  submits('change', (form) => api('PATCH', path, fieldsOf(form)));
  submits('open-seat', async (form) => {
    const { name, expires } = fieldsOf(form);
    const seat = { name, scopes: ['read', 'download'], ...(expires && { expiresAt: new Date(expires).toISOString() }) };
    const { token } = await api('POST', `${path}/seats`, seat);
    part('output').replaceChildren(element('p', {}, 'Copy it now; it is shown once: ', element('code', {}, token)));
  });
  act(part('agree'), async (form) => {
    location.assign(`/models/${encodeURIComponent(fieldsOf(form).model)}/accept?organization=${place.dataset.organization}`);
  });
  fill(part('facts'), show);
}
