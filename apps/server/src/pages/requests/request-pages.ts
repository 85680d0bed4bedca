import { html, type Html } from '../html.js';

const script = (path: string) => html`<script src="/assets/${path}.js" type="module"></script>`;

/** The form of a model, filled in by the script from what the API asks now. */
export function requestPage(model: { slug: string; title: string }): Html {
  return html`<p>
      A reviewer of <a href="/models/${model.slug}">${model.title}</a> reads what you write here. It is saved as you type; you may close the
      page and come back.
    </p>
    <div data-request="${model.slug}"><p>Reading the form…</p></div>
    ${script('requests/request')}`;
}

export const requestsPage = html`<div data-requests><p>Reading…</p></div>
  ${script('requests/status')}`;

/** One request as its applicant follows it. */
export function statusPage(id: string): Html {
  return html`<div data-status="${id}"><p>Reading…</p></div>
    ${script('requests/status')}`;
}

export const queuePage = html`<form class="filters" data-filters>
    <label>Model <input name="model" maxlength="200" placeholder="any" /></label>
    <label
      >State
      <select name="state">
        <option value="">any</option>
        ${['submitted', 'in-review', 'returned', 'approved', 'rejected', 'appealed', 'withdrawn', 'no-longer-needed'].map((state) => html`<option>${state}</option>`)}
      </select></label
    >
    <label
      >Assigned to
      <select name="assigned">
        <option value="">anybody or nobody</option>
        <option value="me">me</option>
        <option value="nobody">nobody</option>
        <option value="anybody">somebody</option>
      </select></label
    >
    <label>Applicant or organization <input name="q" type="search" maxlength="200" placeholder="part of name or e-mail" /></label>
    <label
      >Order
      <select name="order">
        <option value="waiting">longest waiting first</option>
        <option value="newest">newest first</option>
      </select></label
    >
    <label class="choice"><input type="checkbox" name="awaiting" value="true" checked /> only what awaits a decision</label>
    <button>Show</button>
  </form>
  <p>
    <small>Keys: <kbd>j</kbd> and <kbd>k</kbd> go down and up, <kbd>x</kbd> picks, <kbd>Enter</kbd> opens.</small>
  </p>
  <div data-queue><p>Reading…</p></div>
  <form data-bulk hidden>
    <h2>Decide the picked ones</h2>
    <div data-decision></div>
    <button>Decide</button>
  </form>
  ${script('review/queue')}`;

/** One request as reviewers of its model see it. */
export function reviewPage(id: string): Html {
  return html`<div data-review="${id}"><p>Reading…</p></div>
    ${script('review/review')}`;
}
