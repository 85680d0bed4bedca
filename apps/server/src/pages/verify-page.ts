import { html } from './html.js';

/** For whoever holds an evidence file. The file stays where it is: no form of this page is sent. */
export const VERIFY_PAGE = {
  title: 'Verify evidence',
  body: html`<p>
      Choose the evidence file of an acceptance (<code>evidence-….json</code>). It is verified in this browser; nothing leaves it. The
      command
      <code>npx paddock verify FILE</code> does the same.
    </p>
    <form data-verify>
      <label>Evidence <input type="file" accept="application/json,.json" required /></label>
      <label
        >Verifier keys that you trust, of the ledger and its witnesses, one a line (without any, the file’s own are used)
        <textarea rows="3" spellcheck="false"></textarea>
      </label>
      <button>Verify</button>
    </form>
    <div data-checks aria-live="polite"></div>
    <script src="/assets/verify/verify.js" type="module"></script>`,
};
