import { MAIL_STATES, WEBHOOK_TYPES } from '@paddock/domain';
import { html, type Html } from './html.js';
import { ORGANIZATION_PAGES } from './organization-pages.js';
import { PERSONAL_PAGES } from './personal-pages.js';
import { REFEREE_PAGE } from './prerequisite-pages.js';
import { VERIFY_PAGE } from './verify-page.js';

interface FormPage {
  title: string;
  body: Html;
}

const email = html`<label>E-mail <input name="email" type="email" required autocomplete="username" /></label>`;
const password = (autocomplete: string) =>
  html`<label
    >Password <input name="password" type="password" required minlength="10" maxlength="200" autocomplete="${autocomplete}"
  /></label>`;
const name = html`<label>Name <input name="name" required maxlength="200" autocomplete="name" /></label>`;

const script = html`<script src="/assets/security.js" type="module"></script>`;

/** Forms post JSON to the API; `data-secret` takes the single-use secret from behind `#`, where no server sees it. */
export const FORM_PAGES: Readonly<Record<string, FormPage>> = {
  verify: VERIFY_PAGE,
  'sign-in': {
    title: 'Sign in',
    body: html`<form data-sign-in>${email}${password('current-password')}<button>Sign in</button></form>
      <div data-ways></div>
      <div data-second-factor hidden></div>
      <p>
        <a href="/sign-up">Sign up</a> · <a href="/reset-password">Reset the password</a> · <button data-sign-out>Sign out</button> ·
        <a href="/security">Security</a>
      </p>
      ${script}`,
  },
  security: {
    title: 'Security',
    body: html`<div data-waiting></div>
      <h2>Second factor</h2>
      <div data-security="factors"><p>Reading…</p></div>
      <div data-output></div>
      <h2>Identities at providers</h2>
      <div data-security="identities"></div>
      <h2>Sessions</h2>
      <div data-security="sessions"></div>
      <h2>Password</h2>
      <form data-post="/me/password" data-done="The new password holds. All other sessions and all access tokens have ended.">
        ${password('new-password')}<button>Set the new password</button>
      </form>
      ${script}`,
  },
  'sign-up': {
    title: 'Sign up',
    body: html`<form
      data-post="/accounts"
      data-done="Your account is made, if the address was free. Look at your mail, then sign in."
      data-next="/sign-in"
    >
      ${email}${name}${password('new-password')}<button>Sign up</button>
    </form>`,
  },
  'reset-password': {
    title: 'Reset the password',
    body: html`<form data-post="/password-reset" data-without-secret data-done="If an account has this address, a mail is on its way.">
        ${email}<button>Send me a link</button>
      </form>
      <form
        data-post="/password-reset"
        data-secret
        data-done="The new password holds. All sessions and access tokens have ended."
        data-next="/sign-in"
      >
        ${password('new-password')}<button>Set the new password</button>
      </form>`,
  },
  'verify-email': {
    title: 'Confirm your e-mail address',
    body: html`<form data-post="/email-verification" data-secret data-done="The address is confirmed.">
        <p>Press the button to confirm that the address is yours.</p>
        <button>Confirm</button>
      </form>
      <form data-post="/email-verification" data-without-secret data-done="The mail is on its way.">
        <p>Signed in, you can have the mail sent again.</p>
        <button>Send it again</button>
      </form>`,
  },
  setup: {
    title: 'Become the administrator',
    body: html`<form data-post="/first-administrator" data-secret data-done="You are the administrator." data-next="/sign-in">
      ${email}${name}${password('new-password')}<button>Set up</button>
    </form>`,
  },
  outbox: {
    title: 'Outbox',
    body: html`<form data-filter>
        <label
          >State
          <select name="state">
            <option value="">all</option>
            ${Object.entries(MAIL_STATES).map(([state, meaning]) => html`<option value="${state}">${state}: ${meaning}</option>`)}
          </select></label
        >
        <button>Show</button>
      </form>
      <div data-mail></div>
      <script src="/assets/outbox.js" type="module"></script>`,
  },
  webhooks: {
    title: 'Webhooks',
    body: html`<div data-webhooks></div>
      <div data-deliveries></div>
      <h2>Have events sent to an address</h2>
      <form data-webhook>
        <label>Address <input name="url" type="url" required maxlength="2000" /></label>
        <label>Publisher <input name="publisher" maxlength="200" /></label>
        <label>or model <input name="model" maxlength="200" /></label>
        <label>Description <input name="description" maxlength="200" /></label>
        <fieldset>
          <legend>Events</legend>
          ${Object.entries(WEBHOOK_TYPES).map(
            ([kind, { type, meaning }]) =>
              html`<label class="choice"
                ><input type="checkbox" name="kinds" value="${kind}" checked /> <code>${type}</code> ${meaning}</label
              >`,
          )}
        </fieldset>
        <button>Add the webhook</button>
      </form>
      <div data-output></div>
      <script src="/assets/webhooks.js" type="module"></script>`,
  },
  tokens: {
    title: 'Access tokens',
    body: html`<form data-token>
        <label>Name <input name="name" required maxlength="100" /></label>
        <fieldset>
          <legend>Scopes</legend>
          ${['read', 'request', 'download', 'publish', 'audit'].map((scope) => html`<label class="choice"><input type="checkbox" name="scopes" value="${scope}" /> ${scope}</label>`)}
        </fieldset>
        <button>Mint a token</button>
      </form>
      <div data-output></div>
      <div data-list="tokens"></div>`,
  },
  ...ORGANIZATION_PAGES,
  ...PERSONAL_PAGES,
  referee: REFEREE_PAGE,
};

/** Where a provider sends the browser back to: it changes nothing by itself, its script posts what came. */
export function callbackPage(provider: string): Html {
  return html`<div data-callback="${provider}"><p>Signing you in…</p></div>
    <div data-second-factor hidden></div>
    ${script}`;
}
