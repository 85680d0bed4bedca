import { OPERATORS, TRUST_FACTS } from '@paddock/domain';
import { html, type Html } from '../html.js';

const script = (name: string) => html`<script src="/assets/staff/${name}.js" type="module"></script>`;
const terms = (meanings: Readonly<Record<string, string>>, prefix = '') =>
  html`<dl>
    ${Object.entries(meanings).map(
      ([term, meaning]) =>
        html`<dt><code>${prefix}${term}</code></dt>
          <dd>${meaning}</dd>`,
    )}
  </dl>`;

interface Model {
  slug: string;
  title: string;
  admission: string | null;
  license: { slug: string } | null;
}

export function formsPage(model: Model): Html {
  return html`<p>
      What applicants of <a href="/models/${model.slug}">${model.title}</a> are asked. A version never changes: whoever answered it can be
      shown what they were asked.
    </p>
    <div data-forms="${model.slug}"><p>Reading…</p></div>
    <h2>Compose the next version</h2>
    <form class="wide" data-compose>
      <label
        >Fields, as JSON
        <textarea name="fields" rows="16" spellcheck="false" class="code" required></textarea>
      </label>
      <p class="actions"><button>Keep as the next version</button></p>
    </form>
    <h2>Preview</h2>
    <div data-preview></div>
    <h2>Put a version in force</h2>
    <form data-terms="${model.slug}">
      <p>These are the model’s access terms; they take the place of those in force.</p>
      <label>Version of the form (empty: none) <input name="form" type="number" min="1" step="1" /></label>
      <label
        >Admission
        <select name="admission">
          ${['application', 'assent', 'open'].map((admission) => html`<option${admission === model.admission && html` selected`}>${admission}</option>`)}
        </select></label
      >
      <label>License <input name="license" required maxlength="200" value="${model.license?.slug}" /></label>
      <label
        >Approvals needed
        <select name="approvals" required>
          <option value="">choose</option>
          <option>1</option>
          <option>2</option>
        </select></label
      >
      <label
        >Days that a grant lasts (empty: no end) <input name="grantDays" type="number" min="1" max="3650" step="1" value="365"
      /></label>
      <button>Put in force</button>
    </form>
    ${script('forms')}`;
}

export function rulesPage(model: Model): Html {
  return html`<p>
      Rules decide requests for <a href="/models/${model.slug}">${model.title}</a> before people do. The first that holds decides; one that
      cannot be evaluated sends the request to a person. A version is run dry before it can be switched on.
    </p>
    <div data-rules="${model.slug}"><p>Reading…</p></div>
    <div data-dry-run tabindex="-1"></div>
    <h2>Write the next version</h2>
    <form class="wide" data-write>
      <label
        >Rules, as JSON
        <textarea name="rules" rows="16" spellcheck="false" class="code" required></textarea>
      </label>
      <p class="actions"><button>Keep as the next version</button></p>
    </form>
    <details>
      <summary>What rules can look at</summary>
      <p>Answers, by <code>answers.ID</code>, and what was verified of the applicant:</p>
      ${terms(TRUST_FACTS, 'trust.')}
      <p>Compared by <code>is</code>:</p>
      ${terms(OPERATORS)}
    </details>
    ${script('rules')}`;
}

export const blocksPage = html`<div data-blocks><p>Reading…</p></div>
  <h2>Shut somebody out</h2>
  <form data-block>
    <label
      >Whom
      <select name="kind">
        <option value="person">a person, by confirmed e-mail</option>
        <option value="domain">everybody with a confirmed address of a domain</option>
      </select></label
    >
    <label>E-mail or domain <input name="value" required maxlength="254" /></label>
    <label>Publisher (empty: the whole portal) <input name="publisher" maxlength="64" /></label>
    <label>Reason, which the person reads <textarea name="reason" rows="3" required maxlength="2000"></textarea></label>
    <label>Until (empty: until it is lifted) <input name="until" type="datetime-local" /></label>
    <button>Shut out</button>
  </form>
  ${script('blocks')}`;

export const grantReviewsPage = html`<p>
    A grant was given on facts. When its holder’s address or affiliation changes, look whether it should stand, and say what came of it.
  </p>
  <div data-grant-reviews><p>Reading…</p></div>
  ${script('grant-reviews')}`;

export const templatesPage = html`<div data-templates><p>Reading…</p></div>
  <h2>Keep a reason for reuse</h2>
  <form data-template>
    <label>Publisher <input name="publisher" required maxlength="64" /></label>
    <label
      >For
      <select name="outcome">
        <option value="return">a return</option>
        <option value="reject">a rejection</option>
        <option value="approve">an approval</option>
      </select></label
    >
    <label>Title, which reviewers read <input name="title" required maxlength="100" /></label>
    <label>Reason, which applicants read <textarea name="reason" rows="4" required maxlength="4000"></textarea></label>
    <button>Keep it</button>
  </form>
  ${script('reason-templates')}`;
