import { html, type Html } from './html.js';

const SCRIPT = html`<script src="/assets/prerequisites.js" type="module"></script>`;

/** What a model asks for, filled in by the script from what the API answers to this reader. */
export function prerequisitesPage(model: string): Html {
  return html`<div data-prerequisites="${model}">
      <div data-standing><p>Reading…</p></div>
      <section data-quiz hidden>
        <h2>Quiz on the license</h2>
        <form></form>
      </section>
      <section data-referees hidden>
        <h2>Referee</h2>
        <p>
          Name somebody who knows you and your work. They get one mail with a link, and see your name, the model, and nothing of your
          request; reviewers see the domain of their address and what they write.
        </p>
        <div data-named></div>
        <form data-name>
          <label>Their name <input name="name" required maxlength="100" /></label>
          <label>Their e-mail <input name="email" type="email" required /></label>
          <button>Ask them</button>
        </form>
      </section>
      <p><a href="/models/${model}">Back to the model</a></p>
    </div>
    ${SCRIPT}`;
}

/** Where the mailed link leads: it changes nothing by itself, for mail scanners follow links. */
export const REFEREE_PAGE = {
  title: 'Referee',
  body: html`<div data-inquiry><p>Reading…</p></div>
    <form data-confirm hidden>
      <label>How do you know them? <input name="relation" required maxlength="300" placeholder="I supervise their thesis" /></label>
      <button>I know them</button>
    </form>
    <p data-decline hidden></p>
    ${SCRIPT}`,
};
