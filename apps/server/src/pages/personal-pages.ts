import { html, type Html } from './html.js';

const script = (path: string) => html`<script src="/assets/${path}.js" type="module"></script>`;

/** What one holds and who one is. The scripts fill it in from what the API answers to this reader. */
export const PERSONAL_PAGES: Readonly<Record<string, { title: string; body: Html }>> = {
  grants: {
    title: 'My access',
    body: html`<div data-deletions></div>
      <div data-grants><p>Reading…</p></div>
      <div data-output></div>
      <p><a href="/tokens">Access tokens</a> · <a href="/access-requests">Requests</a></p>
      ${script('grants/grants')}`,
  },
  profile: {
    title: 'Profile',
    body: html`<div data-profile><p>Reading…</p></div>
      <div data-own hidden>
        <form data-person>
          <label>Name <input name="name" required maxlength="200" autocomplete="name" /></label>
          <label>Organization (may stay empty) <input name="organization" maxlength="300" autocomplete="organization" /></label>
          <label
            >Country
            <select name="country"></select
          ></label>
          <small>When the organization or the country changes, reviewers look at your grants again.</small>
          <button>Keep it</button>
        </form>
        <h2>E-mail</h2>
        <p>Mail goes to <strong data-address></strong>.</p>
        <form data-email>
          <label>Another address <input name="email" type="email" required maxlength="254" autocomplete="email" /></label>
          <button>Send it a link</button>
        </form>
        <section data-mail-preferences hidden>
          <h2>Mail to reviewers</h2>
          <form>
            <label
              >About requests to review
              <select name="reviewDigest">
                <option value="each">a mail for each, at once</option>
                <option value="daily">one mail a day</option>
                <option value="weekly">one mail a week</option>
                <option value="off">no mail</option>
              </select></label
            >
            <button>Have it so</button>
          </form>
        </section>
        <h2>Also yours</h2>
        <ul>
          <li><a href="/security">Security</a>: password, second factor, identities, sessions</li>
          <li><a href="/organizations">Organizations</a></li>
          <li><a href="/tokens">Access tokens</a></li>
          <li><a href="/privacy">Your data</a>: all of it as a file, and how to be erased</li>
        </ul>
      </div>
      ${script('profile')}`,
  },
  privacy: {
    title: 'Your data',
    body: html`<div data-standing><p>Reading…</p></div>
      <div data-own hidden>
        <p><a href="/api/v1/me/export" download>Everything that is held on you</a>, as one JSON file.</p>
        <ul data-dossiers></ul>
        <h2>Be erased</h2>
        <div data-preview></div>
        <form data-erase>
          <label
            >Prove once more that it is you, by
            <select name="method">
              <option value="password">your password</option>
              <option value="totp">a code of your app</option>
              <option value="recovery-code">a recovery code</option>
              <option value="sign-in">this sign-in (without password and codes)</option>
            </select></label
          >
          <label>Password or code <input name="secret" type="password" autocomplete="off" /></label>
          <label><input name="sure" type="checkbox" required /> I have read what ends. It cannot be undone.</label>
          <button>Erase me</button>
        </form>
      </div>
      ${script('privacy')}`,
  },
};
