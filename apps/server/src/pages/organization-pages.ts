import { html, type Html } from './html.js';

const SCRIPT = html`<script src="/assets/organizations.js" type="module"></script>`;
const role = html`<label
  >As
  <select name="role">
    <option value="member">member</option>
    <option value="officer">officer, who may bind the organization</option>
  </select></label
>`;

export const ORGANIZATION_PAGES: Readonly<Record<string, { title: string; body: Html }>> = {
  organizations: {
    title: 'Organizations',
    body: html`<div data-organizations></div>
      <h2>Found an organization</h2>
      <p>You become its first officer: officers bind the organization, invite members and open service seats.</p>
      <form data-found>
        <label>Legal name <input name="legalName" required maxlength="200" autocomplete="organization" /></label>
        <label>Country (two letters) <input name="country" required pattern="[A-Z]{2}" maxlength="2" /></label>
        <button>Found it</button>
      </form>
      ${SCRIPT}`,
  },
  invitation: {
    title: 'Invitation',
    body: html`<form data-join>
        <p>You were invited to join an organization; the mail names it. Sign in with the invited address first, then join.</p>
        <button>Join</button>
      </form>
      <p><a href="/sign-in">Sign in</a> · <a href="/sign-up">Sign up</a> · <a href="/verify-email">Confirm your address</a></p>
      ${SCRIPT}`,
  },
};

/** One organization, filled in by the script from what the API answers to this reader. */
export function organizationPage(id: string): Html {
  return html`<div data-organization="${id}">
      <p data-facts>Reading…</p>
      <h2>Members</h2>
      <div data-members></div>
      <h2>Licenses</h2>
      <p>An officer accepts a license for the organization; where the license asks it of each member, every member then joins.</p>
      <form data-agree>
        <label>Model <input name="model" required maxlength="64" placeholder="its name in the address" /></label>
        <button>Read its agreement</button>
      </form>
      <h2>Service seats</h2>
      <p>A seat is a place for a machine, such as a CI: its token reads and downloads for the organization, and does nothing else.</p>
      <div data-output></div>
      <div data-seats></div>
      <div data-officers hidden>
        <form data-open-seat>
          <label>Name <input name="name" required maxlength="100" /></label>
          <label>Ends on (may stay empty) <input name="expires" type="date" /></label>
          <button>Open a seat</button>
        </form>
        <h2>Invitations</h2>
        <div data-invitations></div>
        <form data-invite>
          <label>E-mail <input name="email" type="email" required /></label>
          ${role}
          <button>Invite</button>
        </form>
        <h2>Domains</h2>
        <p>A domain is verified when your own confirmed address lies in it, or when an administrator of the portal confirms it.</p>
        <div data-domains></div>
        <form data-claim>
          <label>Domain <input name="domain" required maxlength="253" placeholder="example.org" /></label>
          <button>Claim it</button>
        </form>
        <h2>Legal name and country</h2>
        <form data-change>
          <label>Legal name <input name="legalName" required maxlength="200" /></label>
          <label>Country (two letters) <input name="country" required pattern="[A-Z]{2}" maxlength="2" /></label>
          <button>Change them</button>
        </form>
      </div>
    </div>
    ${SCRIPT}`;
}
