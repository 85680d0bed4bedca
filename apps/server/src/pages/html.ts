import { html, type Html } from '../http/html.js';

export { html, Html } from '../http/html.js';

/** The frame of every page. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Paddock</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/portal.css" />
        <script src="/assets/portal.js" type="module"></script>
      </head>
      <body>
        <header>
          <a class="name" href="/">Paddock</a>
          <nav>
            <a href="/models">Models</a> <a href="/access-requests">Requests</a> <a href="/grants">My access</a>
            <a href="/organizations">Organizations</a>
            <span data-staff="reviewer" hidden>
              <a href="/review">Review</a> <a href="/grant-reviews">Grant reviews</a> <a href="/reason-templates">Reasons</a>
              <a href="/blocks">Blocks</a>
            </span>
            <span data-staff="publisher" hidden><a href="/webhooks">Webhooks</a></span>
            <span data-staff="admin" hidden><a href="/outbox">Outbox</a></span>
            <a href="/profile">Profile</a> <a href="/sign-in">Sign in</a>
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer><a href="/api/openapi.json">API</a> <a href="/licenses">Licenses</a> <a href="/policies">Policies</a></footer>
      </body>
    </html>`.text;
}

/** Sizes as people read them. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes === 0 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${units[step]}`;
}
